namespace NativeNet.Kernels;

/// <summary>Where chains of sums come from, or go to.</summary>
internal enum ChainStop
{
    /// <summary>They begin at +0 here, or are whole here.</summary>
    Here,

    /// <summary>The process with the samples before, or behind.</summary>
    Samples,

    /// <summary>Whole sums, of all samples, on their way to who needs them.</summary>
    Sums,
}
