namespace NativeNet.Cli.Networks;

/// <summary>How a network is trained when the command line does not say.</summary>
/// <param name="Epochs">Passes through the training data.</param>
/// <param name="LearningRate">The rate of plain gradient descent.</param>
/// <param name="Data">The data that the network is made for.</param>
internal sealed record NetworkDefaults(int Epochs, float LearningRate, NetworkData Data);
