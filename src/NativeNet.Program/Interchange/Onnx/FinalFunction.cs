namespace NativeNet.Program.Interchange.Onnx;

/// <summary>What a graph makes of its scores in the end, where a network here gives the scores themselves.</summary>
internal enum FinalFunction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Probabilities.</summary>
    Softmax,

    /// <summary>Their logarithms.</summary>
    LogSoftmax,
}
