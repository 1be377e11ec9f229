namespace NativeNet.Description;

/// <summary>One layer that has been checked.</summary>
/// <param name="Index">Its position in the file's <c>layers</c>, from 0; names of its tensors carry it.</param>
/// <param name="Input">The shape of one sample that enters.</param>
/// <param name="Output">The shape of one sample that leaves.</param>
public abstract record LayerSpec(int Index, Shape Input, Shape Output)
{
    /// <summary>The word for its type in files.</summary>
    public abstract string Type { get; }

    /// <summary>What the file calls it, so that later layers can read its output too; null where the file does not say.</summary>
    public string? Name { get; init; }

    /// <summary>The tensors that it keeps, in the order of memory and files.</summary>
    public virtual EquatableArray<ParameterSpec> Parameters => default;

    /// <summary>The layers whose outputs it reads, the one before it first; −1 is the network's input.</summary>
    public virtual EquatableArray<int> Sources => new([Index - 1]);

    /// <summary>Whether its output is its input under another shape, so that nothing is computed or moved.</summary>
    public virtual bool IsView => false;

    /// <summary>The multiply-adds of its forward pass for one sample; taps outside of an image are none.</summary>
    public virtual long MultiplyAdds => 0;
}

/// <summary>A layer that applies a function to each of its sums.</summary>
public interface IActivatedLayer
{
    /// <summary>The function.</summary>
    ActivationSpec Activation { get; }
}

/// <summary>Reads a sample of any shape as one vector; moves no data.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Output">A vector of as many elements.</param>
public sealed record FlattenSpec(int Index, Shape Input, Shape Output) : LayerSpec(Index, Input, Output)
{
    /// <inheritdoc/>
    public override string Type => "flatten";

    /// <inheritdoc/>
    public override bool IsView => true;
}

/// <summary>Reads a sample under another shape; moves no data.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Output">Another shape of as many elements.</param>
public sealed record ReshapeSpec(int Index, Shape Input, Shape Output) : LayerSpec(Index, Input, Output)
{
    /// <inheritdoc/>
    public override string Type => "reshape";

    /// <inheritdoc/>
    public override bool IsView => true;
}

/// <summary>A residual connection: adds the output of an earlier layer to that of the layer before.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape.</param>
/// <param name="From">The position of the earlier layer, which puts out the same shape.</param>
public sealed record AddSpec(int Index, Shape Input, int From) : LayerSpec(Index, Input, Input)
{
    /// <inheritdoc/>
    public override string Type => "add";

    /// <inheritdoc/>
    public override EquatableArray<int> Sources => new([Index - 1, From]);
}

/// <summary>A fully connected layer: activation(bias + x · W).</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">A vector of K elements.</param>
/// <param name="Output">A vector of N elements, one a unit.</param>
/// <param name="Activation">The function applied to every unit.</param>
/// <param name="Initializer">The distribution of the first weights; biases start at 0.</param>
public sealed record DenseSpec(int Index, Shape Input, Shape Output, ActivationSpec Activation, InitializerSpec Initializer)
    : LayerSpec(Index, Input, Output), IActivatedLayer
{
    /// <inheritdoc/>
    public override string Type => "dense";

    /// <summary>K, the number of inputs.</summary>
    public int Inputs => Input.Length;

    /// <summary>N, the number of units.</summary>
    public int Units => Output.Length;

    /// <inheritdoc/>
    public override EquatableArray<ParameterSpec> Parameters
        => new([ParameterSpec.OfMatrix("weight", Inputs, Units, Initializer), ParameterSpec.OfVector("bias", Units)]);

    /// <inheritdoc/>
    public override long MultiplyAdds => (long)Inputs * Units;
}

/// <summary>Applies a function to every element.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape.</param>
/// <param name="Activation">The function.</param>
public sealed record ActivationLayerSpec(int Index, Shape Input, ActivationSpec Activation)
    : LayerSpec(Index, Input, Input), IActivatedLayer
{
    /// <inheritdoc/>
    public override string Type => "activation";
}

/// <summary>z · slope where z ≤ 0, else z, with one learned slope for each channel.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">Any shape; its last dimension are the channels.</param>
public sealed record PReluSpec(int Index, Shape Input) : LayerSpec(Index, Input, Input)
{
    /// <summary>The slopes before training: He et al., "Delving Deep into Rectifiers", 2015.</summary>
    private const float Start = 0.25f;

    /// <inheritdoc/>
    public override string Type => "prelu";

    /// <inheritdoc/>
    public override EquatableArray<ParameterSpec> Parameters => new([ParameterSpec.OfVector("slope", Input.Channels, Start)]);
}

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
    public override string Type => Input.Rank == 2 ? "conv1d" : "conv2d";

    /// <summary>N, the filters.</summary>
    public int Filters => Output.Dimensions[Output.Rank - 1];

    /// <summary>The channels that one filter sees.</summary>
    public int GroupChannels => Window.Channels / Groups;

    /// <summary>The filters that see the same channels.</summary>
    public int GroupFilters => Filters / Groups;

    /// <summary>K, the products of a sum whose window lies inside the image.</summary>
    public int Products => Window.Taps * GroupChannels;

    /// <inheritdoc/>
    public override EquatableArray<ParameterSpec> Parameters
    {
        get
        {
            int[] sides = Input.Rank == 2
                ? [Filters, Window.Horizontal.Kernel, GroupChannels]
                : [Filters, Window.Vertical.Kernel, Window.Horizontal.Kernel, GroupChannels];
            var weight = new ParameterSpec("weight", new EquatableArray<int>([.. sides]), Initializer);
            return HasBias ? new([weight, ParameterSpec.OfVector("bias", Filters)]) : new([weight]);
        }
    }

    /// <inheritdoc/>
    public override long MultiplyAdds => Window.InsideTaps * GroupChannels * Filters;
}

/// <summary>Which value of a window a pooling layer takes.</summary>
public enum PoolKind
{
    /// <summary>The greatest; of equal ones the first.</summary>
    Max,

    /// <summary>The mean of the taps inside the image.</summary>
    Average,

    /// <summary>The mean of the whole image, its only window.</summary>
    GlobalAverage,
}

/// <summary>A pooling layer: one value for each window and channel.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">An image: height, width, channels.</param>
/// <param name="Output">A smaller image of as many channels; for the whole image a vector of them.</param>
/// <param name="Kind">Which value.</param>
/// <param name="Window">How the window walks.</param>
public sealed record PoolSpec(int Index, Shape Input, Shape Output, PoolKind Kind, Window2D Window)
    : LayerSpec(Index, Input, Output)
{
    /// <inheritdoc/>
    public override string Type => Kind switch
    {
        PoolKind.Max => "maxPool2d",
        PoolKind.Average => "averagePool2d",
        _ => "globalAveragePool",
    };
}
