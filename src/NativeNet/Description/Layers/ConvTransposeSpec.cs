namespace NativeNet.Description;

/// <summary>
/// A transposed convolution: the way back of a convolution that walks over this layer's output, as decoders enlarge images and
/// signals with it. activation(bias + Σ x · w) over the windows that see a position of the output.
/// </summary>
/// <remarks>
/// Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016. Images of rank 3 are height, width, channels;
/// signals of rank 2 are length, channels, and count as images of one row. Every position of the input is a window.
/// </remarks>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">An image or a signal.</param>
/// <param name="Output">The same enlarged, with one channel a filter.</param>
/// <param name="Window">How the convolution walks whose way back this is: its image is the output, its windows are the input.</param>
/// <param name="HasBias">Whether each filter has a bias; else its sums start at +0.</param>
/// <param name="Activation">The function applied to every sum.</param>
/// <param name="Initializer">The distribution of the first weights; biases start at 0.</param>
public sealed record ConvTransposeSpec(
    int Index, Shape Input, Shape Output, Window2D Window, bool HasBias, ActivationSpec Activation, InitializerSpec Initializer)
    : LayerSpec(Index, Input, Output), IActivatedLayer
{
    /// <inheritdoc/>
    public override string Type => Input.Rank == 2 ? "conv1dTranspose" : "conv2dTranspose";

    /// <summary>N, the filters.</summary>
    public int Filters => Output.Channels;

    /// <summary>C, the channels of the input.</summary>
    public int Channels => Input.Channels;

    /// <summary>K, the products of a sum that every tap adds to.</summary>
    public int Products => checked(Window.Taps * Channels);

    /// <inheritdoc/>
    public override EquatableArray<ParameterSpec> Parameters
    {
        get
        {
            int[] sides = Input.Rank == 2
                ? [Filters, Window.Horizontal.Kernel, Channels]
                : [Filters, Window.Vertical.Kernel, Window.Horizontal.Kernel, Channels];
            var weight = new ParameterSpec("weight", new EquatableArray<int>([.. sides]), Initializer) { IsShared = true };
            return HasBias ? new([weight, ParameterSpec.OfVector("bias", Filters)]) : new([weight]);
        }
    }

    /// <inheritdoc/>
    public override long MultiplyAdds => Window.InsideTaps * Channels * Filters;
}
