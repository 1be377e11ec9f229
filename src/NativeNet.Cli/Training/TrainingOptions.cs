namespace NativeNet.Cli.Training;

/// <summary>A training run, everything decided.</summary>
/// <param name="Epochs">Passes through the training data, at least 1.</param>
/// <param name="Rule">The update rule.</param>
/// <param name="LearningRate">Above 0.</param>
/// <param name="WeightDecay">0 or more.</param>
/// <param name="Seed">Decides first weights and order of samples.</param>
/// <param name="WeightsPath">Where to save the weights; null for nowhere.</param>
/// <param name="JsonPath">Where to save the result; null for nowhere.</param>
internal sealed record TrainingOptions(
    int Epochs, RuleName Rule, float LearningRate, float WeightDecay, ulong Seed, string? WeightsPath, string? JsonPath);
