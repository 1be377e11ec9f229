using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs a softmax.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class SoftmaxRunner<TLanes>(SoftmaxPlan plan, int block) : LibraryRunner<TLanes>(plan, block)
    where TLanes : struct, ILanes<TLanes>
{
    private readonly RowShape _shape = new(plan.Softmax.Input.Positions, plan.Softmax.Input.Channels);

    protected override RowsCall Forward(Place input, Place output, int samples)
        => (in RunMemory memory) => Softmax.Forward<TLanes>(ref input.In(memory), ref output.In(memory), _shape, samples);

    protected override RowsCall BackwardTo(Place result, Func<View, Place> place)
    {
        Place output = place(plan.Views.Output), incoming = place(plan.Views.Incoming);
        return (in RunMemory memory) => Softmax.Backward<TLanes>(ref output.In(memory), ref incoming.In(memory), ref result.In(memory), _shape, Block);
    }
}
