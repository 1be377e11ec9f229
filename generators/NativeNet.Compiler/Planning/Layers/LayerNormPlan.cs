using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A layer normalization, whose backward pass saves the normalized values x̂ for its update.</summary>
/// <param name="Norm">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Tensors">Its weights and biases.</param>
/// <param name="Share">Room for its input gradient.</param>
internal sealed record LayerNormPlan(LayerNormSpec Norm, LayerViews Views, EquatableArray<ParameterTensor> Tensors, View Share)
    : LibraryPlan(Norm, Views, Tensors, Share)
{
    /// <summary>Its weights are updated by them, and its input gradient goes by them.</summary>
    public override View? Saved => LearnsWeights || Views.WantsInputGradient
        ? new(Name + "Kept", Name + "Kept", Views.Incoming.Form, Norm.Input.Length, Norm.Input.Length)
        : null;

    public override IEnumerable<View> BackwardReads => [Views.Input, .. base.BackwardReads, .. ParameterViews];

    public override IEnumerable<View> UpdateReads => LearnsWeights ? [Views.Incoming, Saved!] : [Views.Incoming];
}
