using System.ComponentModel;
using NativeNet.Description;

namespace NativeNet.Kernels;

/// <summary>What the kernels of a transposed convolution know of it.</summary>
/// <param name="Window">The walk over the output, whose windows are the positions of the input; its channels are the filters.</param>
/// <param name="Channels">C, the channels of the input.</param>
/// <param name="Weights">The offset of the weights among the parameters, (kernel rows, kernel columns, C, filters).</param>
/// <param name="WeightStride">Floats from one product's weights to the next's.</param>
/// <param name="Biases">The offset of the biases, or −1 where there are none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ConvTransposeShape(Window2D Window, int Channels, int Weights, int WeightStride, int Biases)
{
    /// <summary>N, the filters.</summary>
    internal int Filters => Window.Channels;

    /// <summary>Floats from the weights of a tap to those of the next.</summary>
    internal nint Tap => (nint)Channels * WeightStride;
}
