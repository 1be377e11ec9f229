using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A pooling layer.</summary>
/// <param name="Pool">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Share">Room for its input gradient.</param>
internal sealed record PoolPlan(PoolSpec Pool, LayerViews Views, View Share) : LibraryPlan(Pool, Views, default, Share)
{
    /// <summary>Which tap was the greatest shows in values; means know their taps by themselves.</summary>
    public override IEnumerable<View> BackwardReads
        => Pool.Kind == PoolKind.Max ? [Views.Input, Views.Output, .. base.BackwardReads] : base.BackwardReads;
}
