namespace NativeNet.Description;

/// <summary>
/// How large a network may be. Within these limits every length in floats fits an <see cref="int"/>, padding included,
/// whatever the target: <see cref="Validation.SizeCheck"/> counts what the greediest one needs.
/// </summary>
internal static class NetworkLimits
{
    /// <summary>The dimensions of an input: height, width, channels.</summary>
    public const int Dimensions = 3;

    /// <summary>The greatest dimension, number of units and batch size.</summary>
    public const int Size = 1 << 16;

    /// <summary>The greatest side and stride of a window; of an image's also dilation and padding.</summary>
    public const int WindowSide = 256;

    /// <summary>The greatest padding of a signal: what a causal window of the greatest side and dilation reaches back.</summary>
    public const int SignalPadding = (WindowSide - 1) * Size;

    /// <summary>The most epochs of training.</summary>
    public const int Epochs = 1_000_000;

    /// <summary>The most layers.</summary>
    public const int Layers = 256;

    /// <summary>The most parameters, 256 MiB of them.</summary>
    public const int Parameters = 1 << 26;

    /// <summary>The most floats that a batch's input and its layers' outputs take together, 1 GiB of them.</summary>
    public const int Activations = 1 << 28;

    /// <summary>The most floats of workspace, less than 8 GiB of them: what an <see cref="int"/> counts, with 2²⁰ for scratch and sums.</summary>
    public const int Workspace = int.MaxValue - (1 << 20);
}
