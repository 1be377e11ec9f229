using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A leaky relu with learned slopes.</summary>
/// <param name="PRelu">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Tensors">Its slopes.</param>
/// <param name="Share">Room for its input gradient.</param>
internal sealed record PReluPlan(PReluSpec PRelu, LayerViews Views, EquatableArray<ParameterTensor> Tensors, View Share)
    : LibraryPlan(PRelu, Views, Tensors, Share)
{
    public override IEnumerable<View> BackwardReads => [Views.Input, .. base.BackwardReads, .. ParameterViews];

    public override IEnumerable<View> UpdateReads => [Views.Incoming, Views.Input];
}
