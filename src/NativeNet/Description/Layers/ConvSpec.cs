namespace NativeNet.Description;

/// <summary>A convolution: activation(bias + Σ x · w) over a window of the image, the same weights everywhere.</summary>
/// <remarks>
/// Image of rank 3 are height, width, channels; signals of rank 2 are length, channels, and count as images of one row.
/// The weights are a matrix of K = kernel height · kernel width · channels of a group rows, in that order, and one column a
/// filter; group g of the filters sees group g of the channels. A layer with as many groups as channels is depthwise.
/// </remarks>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">An image or a signal.</param>
/// <param name="Output">The same with one channel a filter.</param>
/// <param name="Window">How the kernel walks.</param>
/// <param name="Groups">Into how many parts channels and filters are divided.</param>
/// <param name="HasBias">Whether each filter has a bias; else its sums start at +0.</param>
/// <param name="Activation">The function applied to every sum.</param>
/// <param name="Initializer">The distribution of the first weights; biases start at 0.</param>
public sealed record ConvSpec(
    int Index, Shape Input, Shape Output, Window2D Window, int Groups, bool HasBias, ActivationSpec Activation, InitializerSpec Initializer)
    : LayerSpec(Index, Input, Output), IActivatedLayer
{
    /// <inheritdoc/>
    /// <remarks>A depthwise layer is a conv2d of as many groups as channels, unless it has more filters than a conv2d may have.</remarks>
    public override string Type => Input.Rank == 2 ? "conv1d" : Filters <= NetworkLimits.Size ? "conv2d" : "depthwiseConv2d";

    /// <summary>N, the filters.</summary>
    public int Filters => Output.Dimensions[Output.Rank - 1];

    /// <summary>The channels that one filter sees.</summary>
    public int GroupChannels => Window.Channels / Groups;

    /// <summary>The filters that see the same channels.</summary>
    public int GroupFilters => Filters / Groups;

    /// <summary>K, the products of a sum whose window lies inside the image.</summary>
    public int Products => checked(Window.Taps * GroupChannels);

    /// <inheritdoc/>
    public override EquatableArray<ParameterSpec> Parameters
    {
        get
        {
            int[] sides = Input.Rank == 2
                ? [Filters, Window.Horizontal.Kernel, GroupChannels]
                : [Filters, Window.Vertical.Kernel, Window.Horizontal.Kernel, GroupChannels];
            var weight = new ParameterSpec("weight", new EquatableArray<int>([.. sides]), Initializer) { IsShared = true };
            return HasBias ? new([weight, ParameterSpec.OfVector("bias", Filters)]) : new([weight]);
        }
    }

    /// <inheritdoc/>
    public override long MultiplyAdds => Window.InsideTaps * GroupChannels * Filters;

    /// <summary>Whether every window of a signal ends at the frame that it stands for, one window a frame.</summary>
    private bool IsCausal => Input.Rank == 2 && Window.Horizontal is { Stride: 1 } axis && axis.Before == axis.Reach - 1 && axis.Output == axis.Input;

    /// <inheritdoc/>
    public override LayerSpec? OverFrames(int frames)
        => IsCausal && Input.WithFrames(frames) is { } input && Output.WithFrames(frames) is { } output
            ? this with { Input = input, Output = output, Window = Window with { Horizontal = Window.Horizontal with { Input = frames, Output = frames } } }
            : null;
}
