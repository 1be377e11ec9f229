namespace NativeNet.Program.Experiments;

/// <summary>One run of an experiment, by plain gradient descent at a constant rate.</summary>
/// <param name="LearningRate">The rate.</param>
/// <param name="Seed">Decides first weights and order of samples.</param>
/// <param name="Epochs">Passes through the training data.</param>
/// <param name="LogPath">Gets a row for each epoch.</param>
internal sealed record Trial(float LearningRate, ulong Seed, int Epochs, string LogPath);
