using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A softmax, whose derivative its outputs tell.</summary>
/// <param name="Softmax">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Share">Room for its input gradient.</param>
internal sealed record SoftmaxPlan(SoftmaxSpec Softmax, LayerViews Views, View Share) : LibraryPlan(Softmax, Views, default, Share)
{
    public override IEnumerable<View> BackwardReads => [Views.Output, .. base.BackwardReads];
}
