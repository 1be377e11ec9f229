namespace NativeNet.Description;

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

    /// <summary>Whether each unit has a bias; else its sums start at +0.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>K, the number of inputs.</summary>
    public int Inputs => Input.Length;

    /// <summary>N, the number of units.</summary>
    public int Units => Output.Length;

    /// <inheritdoc/>
    public override EquatableArray<ParameterSpec> Parameters
    {
        get
        {
            var weight = ParameterSpec.OfMatrix("weight", Inputs, Units, Initializer);
            return HasBias ? new([weight, ParameterSpec.OfVector("bias", Units)]) : new([weight]);
        }
    }

    /// <inheritdoc/>
    public override long MultiplyAdds => (long)Inputs * Units;
}
