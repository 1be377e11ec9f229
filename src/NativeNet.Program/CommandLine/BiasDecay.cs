namespace NativeNet.Program.CommandLine;

/// <summary>Whether biases, and all tensors of one dimension, decay as weights do.</summary>
internal enum BiasDecay
{
    /// <summary>As the network's file has it.</summary>
    AsTheFileSays,

    /// <summary>They do.</summary>
    Decay,

    /// <summary>They are spared.</summary>
    Spare,
}
