namespace NativeNet.Training.Monitoring;

/// <summary>The ways in which training breaks down.</summary>
public enum BreakdownKind
{
    /// <summary>The loss is NaN or infinite although every output is finite.</summary>
    NonFiniteLoss,

    /// <summary>A layer's outputs or weights hold NaN or infinity; it is the first such layer.</summary>
    NonFiniteLayer,

    /// <summary>The loss is finite, but beyond anything that a network on its way to learning shows.</summary>
    ExplodedLoss,

    /// <summary>For many epochs every sample has been predicted as one class, with a loss no better than guessing's.</summary>
    CollapsedPrediction,

    /// <summary>For many epochs a network without classes has been no better than the same guess for every sample, after it had been.</summary>
    CollapsedValues,

    /// <summary>All units of a ReLU layer gave 0 for every sample of an epoch, so no gradient passes it any more.</summary>
    DeadLayer,
}
