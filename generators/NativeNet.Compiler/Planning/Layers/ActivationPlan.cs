using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A function of every element, whose loops are written into the network.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
internal sealed record ActivationPlan(ActivationLayerSpec Layer, LayerViews Views) : LayerPlan(Layer, Views, default)
{
    public override IEnumerable<View> BackwardReads
        => [Views.Incoming, Layer.Activation.DerivesFromSum ? Views.Input : Views.Output, .. AddedTo];
}
