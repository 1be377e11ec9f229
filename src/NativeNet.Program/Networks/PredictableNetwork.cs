using NativeNet.Description;

namespace NativeNet.Program.Networks;

/// <summary>A network that predicts, whether it can be trained or not.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Data">The data that it is made for.</param>
/// <param name="Network">The network.</param>
internal sealed record PredictableNetwork(string Name, NetworkData Data, PredictingNetwork Network)
{
    /// <summary>What it is trained by, which says what its scores mean; null where it has none and scores are values.</summary>
    public LossKind? Loss => (Network as TrainableNetwork)?.TrainingLoss;

    /// <summary>Whether it tells classes apart.</summary>
    public bool HasClasses => Loss == LossKind.SoftmaxCrossEntropy;

    /// <summary>The classes that a position of its output is told from; 0 where scores are values.</summary>
    public int ClassCount => (Network as TrainableNetwork)?.ClassCount ?? 0;
}
