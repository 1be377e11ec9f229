using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs a layer that repeats positions or leaves them out.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class ResampleRunner<TLanes>(ResamplePlan plan, int block) : LibraryRunner<TLanes>(plan, block)
    where TLanes : struct, ILanes<TLanes>
{
    private readonly ResampleShape _shape = new(plan.Resample.Vertical, plan.Resample.Horizontal, plan.Resample.Input.Channels);

    protected override RowsCall Forward(Place input, Place output, int samples)
        => (in RunMemory memory) => Resample.Forward<TLanes>(ref input.In(memory), ref output.In(memory), _shape, samples);

    protected override RowsCall BackwardTo(Place result, Func<View, Place> place)
    {
        Place incoming = place(plan.Views.Incoming);
        return (in RunMemory memory) => Resample.Backward<TLanes>(ref incoming.In(memory), ref result.In(memory), _shape, Block);
    }
}
