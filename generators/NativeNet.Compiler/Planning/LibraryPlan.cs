using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A layer whose kernels are the library's, called with its shape: nothing of it needs registers of its own.</summary>
/// <param name="Spec">The layer.</param>
/// <param name="Wires">Where it reads and writes.</param>
/// <param name="Share">
/// Room for a gradient that has to be added to what is there, or that is computed though nobody needs it; null where there is none.
/// </param>
/// <param name="Kept">What its backward pass keeps for the update of its parameters; null where there is nothing.</param>
/// <param name="Tensors">Where its parameters lie.</param>
internal sealed record LibraryPlan(
    LayerSpec Spec, LayerWires Wires, Value? Share, Value? Kept, EquatableArray<ParameterTensor> Tensors) : LayerPlan(Spec, Wires)
{
    public static LibraryPlan Create(LayerSpec layer, Wiring wiring, ParameterLayout parameters)
    {
        LayerWires wires = wiring.Wires(layer);
        int kept = KeptStride(layer);
        bool needsShare = wires.InputGradients.Any(target => target.Adds || (target.Gradient is null && kept > 0));
        return new LibraryPlan(
            layer,
            wires,
            needsShare ? wiring.Share : null,
            kept > 0 ? new Value(NameOf(layer) + "Kept", layer.Index, SampleForm.Blocks, kept) : null,
            new EquatableArray<ParameterTensor>([.. parameters.Tensors.Where(tensor => tensor.LayerIndex == layer.Index)]));
    }

    public override bool TrainsOtherwise => Spec is DropoutSpec or BatchNormSpec;

    /// <summary>Means, deviations, estimates of the variance and the gradients of weights and biases, whole vectors each.</summary>
    public override int StatisticsLength => Spec is BatchNormSpec norm
        ? 5 * ((norm.Input.Channels + ParameterLayout.Alignment - 1) / ParameterLayout.Alignment * ParameterLayout.Alignment)
        : 0;

    /// <summary>The offset of a tensor among the parameters.</summary>
    public int Offset(string tensor) => Tensors.First(own => own.Spec.Name == tensor).Offset;

    /// <summary>Floats that a sample takes in <see cref="Kept"/>.</summary>
    private static int KeptStride(LayerSpec layer) => layer switch
    {
        LayerNormSpec norm => norm.Input.Length, // x̂
        _ => 0,
    };
}
