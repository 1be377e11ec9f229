namespace NativeNet;

/// <summary>What a network is judged by beside its loss.</summary>
public enum MetricKind
{
    /// <summary>The share of correct predictions: of networks that tell classes apart, or yes from no.</summary>
    Accuracy,

    /// <summary>The mean absolute error: of networks that give values.</summary>
    MeanAbsoluteError,
}
