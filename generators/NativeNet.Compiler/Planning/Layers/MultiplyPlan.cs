using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A product of layers; each source's gradient is a product with the others.</summary>
/// <param name="Multiply">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Share">Room for a gradient that has to be added to what is there.</param>
internal sealed record MultiplyPlan(MultiplySpec Multiply, LayerViews Views, View Share) : LayerPlan(Multiply, Views, default)
{
    public override IEnumerable<View> BackwardReads => [.. Views.Inputs, .. base.BackwardReads];

    public override IEnumerable<View> BackwardWrites => NeedsShare ? [.. base.BackwardWrites, Share] : base.BackwardWrites;

    public override IEnumerable<View> GradientViews => NeedsShare ? [Views.Incoming, Share] : base.GradientViews;

    private bool NeedsShare => Views.InputGradients.Any(static target => target.Adds);
}
