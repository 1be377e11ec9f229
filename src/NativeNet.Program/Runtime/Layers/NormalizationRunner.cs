using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs a normalization by means and deviations that are found before training.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class NormalizationRunner<TLanes>(NormalizationPlan plan, int block) : LibraryRunner<TLanes>(plan, block)
    where TLanes : struct, ILanes<TLanes>
{
    private readonly NormalizationShape _shape = new(
        plan.Norm.Input.Positions, plan.Norm.Input.Channels, plan.Tensor(NormalizationSpec.Mean).Offset, plan.Tensor(NormalizationSpec.Deviation).Offset);

    protected override RowsCall Forward(Place input, Place output, int samples)
        => (in RunMemory memory) => Normalization.Forward<TLanes>(ref input.In(memory), ref output.In(memory), ref memory.Parameters, _shape, samples);

    protected override RowsCall BackwardTo(Place result, Func<View, Place> place)
        => throw new NotSupportedException("The layer has no way back.");
}
