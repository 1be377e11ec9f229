using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A sum of layers, which adds its gradient wherever one is already.</summary>
/// <param name="Add">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
internal sealed record AddPlan(AddSpec Add, LayerViews Views) : LayerPlan(Add, Views, default)
{
    /// <summary>The first operand is read before the sum is written, the others are added to it.</summary>
    public override IEnumerable<Replacement> ForwardInPlace
        => Views.Inputs.Skip(1).Contains(Views.Input) ? [] : [new Replacement(Views.Input, Views.Output)];

    /// <summary>The last gradient that is written may be the one that was handed on.</summary>
    public override IEnumerable<Replacement> BackwardInPlace
        => InPlaceOf([Views.Incoming], Views.InputGradients.Skip(Views.InputGradients.Count - 1));
}
