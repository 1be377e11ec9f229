namespace NativeNet.Description;

/// <summary>A fully connected layer: activation(bias + x · W), of a vector or of every frame of a signal.</summary>
/// <param name="Index">The position in the file.</param>
/// <param name="Input">A vector of K elements, or a signal of frames of K channels.</param>
/// <param name="Output">A vector of N elements, one a unit, or a signal of as many frames of them.</param>
/// <param name="Activation">The function applied to every unit.</param>
/// <param name="Initializer">The distribution of the first weights; biases start at 0.</param>
public sealed record DenseSpec(int Index, Shape Input, Shape Output, ActivationSpec Activation, InitializerSpec Initializer)
    : LayerSpec(Index, Input, Output), IActivatedLayer
{
    /// <inheritdoc/>
    public override string Type => "dense";

    /// <summary>Whether each unit has a bias; else its sums start at +0.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>K, the number of inputs of a unit.</summary>
    public int Inputs => Input.Channels;

    /// <summary>N, the number of units.</summary>
    public int Units => Output.Channels;

    /// <summary>Whether it takes the frames of a signal one by one, which is how it is computed: as a convolution of one tap.</summary>
    public bool IsOverFrames => Input.Rank > 1;

    /// <inheritdoc/>
    public override EquatableArray<ParameterSpec> Parameters
    {
        get
        {
            var weight = ParameterSpec.OfMatrix("weight", Inputs, Units, Initializer) with { IsShared = IsOverFrames };
            return HasBias ? new([weight, ParameterSpec.OfVector("bias", Units)]) : new([weight]);
        }
    }

    /// <inheritdoc/>
    public override long MultiplyAdds => (long)Input.Length * Units;

    /// <summary>The convolution of one tap that a layer over frames is: the same tensors in the same order, the same sums.</summary>
    public ConvSpec ToConvolution()
    {
        var frames = new WindowAxis(Input.Positions, Kernel: 1, Stride: 1, Dilation: 1, Before: 0, Input.Positions);
        return new ConvSpec(
            Index, Input, Output, new Window2D(new WindowAxis(1, 1, 1, 1, 0, 1), frames, Inputs), Groups: 1, HasBias, Activation, Initializer)
        {
            Name = Name,
            Sources = Sources,
            Trainable = Trainable,
        };
    }

    /// <inheritdoc/>
    public override LayerSpec? OverFrames(int frames)
        => Input.WithFrames(frames) is { } input && Output.WithFrames(frames) is { } output ? this with { Input = input, Output = output } : null;
}
