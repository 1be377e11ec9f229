namespace NativeNet.Description;

/// <summary>What training minimises.</summary>
public enum LossKind
{
    /// <summary>Softmax over the scores, then minus the log of the labelled class's share; targets are class numbers.</summary>
    SoftmaxCrossEntropy,

    /// <summary>Sigmoid of every score, then cross-entropy with a target in [0, 1] each, averaged over the scores.</summary>
    BinaryCrossEntropy,

    /// <summary>The squared difference of score and target, averaged over the scores.</summary>
    MeanSquaredError,
}
