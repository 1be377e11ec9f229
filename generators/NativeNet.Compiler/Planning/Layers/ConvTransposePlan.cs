using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A transposed convolution.</summary>
/// <param name="Transpose">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Tensors">Its weights, in one panel, and its biases, where it has them.</param>
internal sealed record ConvTransposePlan(ConvTransposeSpec Transpose, LayerViews Views, EquatableArray<ParameterTensor> Tensors)
    : LayerPlan(Transpose, Views, Tensors)
{
    /// <summary>Filters whose chains of samples lie side by side.</summary>
    private const int FiltersAtOnce = 32;

    /// <summary>Whether the gradient of the outputs has to be turned into that of the sums.</summary>
    public bool TakesActivationBack => Transpose.Activation.Kind != ActivationKind.None && !Views.IsTakenBack;

    public override bool SumsInChains => true;

    public override string SumOrder => "1 chain";

    public override bool NeedsBackward => TakesActivationBack || base.NeedsBackward;

    public override IEnumerable<View> BackwardReads
        => [Views.Incoming, .. TakesActivationBack ? [Views.Kept] : Array.Empty<View>(), .. AddedTo, .. Views.WantsInputGradient ? ParameterViews : []];

    public override IEnumerable<View> BackwardWrites => [.. TakesActivationBack ? [Views.Incoming] : Array.Empty<View>(), .. base.BackwardWrites];

    /// <summary>Chains of samples, twice, behind a tile of gradients.</summary>
    public override int ScratchLength => base.ScratchLength + (2 * FiltersAtOnce * 16);
}
