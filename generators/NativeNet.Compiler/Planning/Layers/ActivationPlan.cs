using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A function of every element, whose loops are written into the network.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
internal sealed record ActivationPlan(ActivationLayerSpec Layer, LayerViews Views) : LayerPlan(Layer, Views, default)
{
    public override IEnumerable<View> BackwardReads
        => [Views.Incoming, Derived, .. AddedTo];

    public override IEnumerable<Replacement> ForwardInPlace => [new Replacement(Views.Input, Views.Output)];

    public override IEnumerable<Replacement> BackwardInPlace => InPlaceOf([Views.Incoming, Derived], Views.InputGradients);

    /// <summary>What the derivative is a function of.</summary>
    private View Derived => Layer.Activation.DerivesFromSum ? Views.Input : Views.Output;
}
