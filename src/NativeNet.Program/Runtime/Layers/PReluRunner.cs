using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs a leaky relu with learned slopes.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
/// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
internal sealed class PReluRunner<TLanes>(PReluPlan plan, int block, int length) : LibraryRunner<TLanes>(plan, block)
    where TLanes : struct, ILanes<TLanes>
{
    private readonly SlopeShape _shape = new(plan.PRelu.Input.Positions, plan.PRelu.Input.Channels, plan.Tensor("slope").Offset);

    protected override RowsCall Forward(Place input, Place output, int samples)
        => (in RunMemory memory) => PRelu.Forward<TLanes>(ref input.In(memory), ref output.In(memory), ref memory.Parameters, _shape, samples);

    protected override RowsCall BackwardTo(Place result, Func<View, Place> place)
    {
        Place input = place(plan.Views.Input), incoming = place(plan.Views.Incoming);
        return (in RunMemory memory) => PRelu.Backward<TLanes>(
            ref input.In(memory), ref incoming.In(memory), ref result.In(memory), ref memory.Parameters, _shape, Block);
    }

    public override void Update<TRule>(Place[] reads, in RunMemory memory, in TRule rule, PhasePart part)
        => PRelu.Update<TRule, TLanes>(
            ref reads[0].In(memory), ref reads[1].In(memory), ref memory.Parameters, ref memory.State, in rule, ref memory.Scratch,
            ShareOf(part), _shape, Block, memory.Samples, (nuint)length);
}
