using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A dropout layer: a copy in prediction, in training the same operation in both directions.</summary>
/// <param name="Dropout">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Share">Room for its input gradient.</param>
internal sealed record DropoutPlan(DropoutSpec Dropout, LayerViews Views, View Share) : LibraryPlan(Dropout, Views, default, Share)
{
    public override bool TrainsOtherwise => true;

    public override IEnumerable<Replacement> ForwardInPlace => [new Replacement(Views.Input, Views.Output)];

    public override IEnumerable<Replacement> BackwardInPlace => InPlaceOf([Views.Incoming], Views.InputGradients);
}
