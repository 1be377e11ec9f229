using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs a pooling layer.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class PoolRunner<TLanes>(PoolPlan plan, int block) : LibraryRunner<TLanes>(plan, block)
    where TLanes : struct, ILanes<TLanes>
{
    private readonly bool _isMax = plan.Pool.Kind == PoolKind.Max;
    private readonly bool _countsPadding = plan.Pool.CountsPadding;
    private readonly Window2D _window = plan.Pool.Window;

    protected override RowsCall Forward(Place input, Place output, int samples) => _isMax
        ? (in RunMemory memory) => MaxPool.Forward<TLanes>(ref input.In(memory), ref output.In(memory), _window, samples)
        : (in RunMemory memory) => AveragePool.Forward<TLanes>(ref input.In(memory), ref output.In(memory), _window, _countsPadding, samples);

    protected override RowsCall BackwardTo(Place result, Func<View, Place> place)
    {
        Place incoming = place(plan.Views.Incoming);
        if (!_isMax)
            return (in RunMemory memory) => AveragePool.Backward<TLanes>(ref incoming.In(memory), ref result.In(memory), _window, _countsPadding, Block);

        Place input = place(plan.Views.Input), output = place(plan.Views.Output);
        return (in RunMemory memory) => MaxPool.Backward<TLanes>(
            ref input.In(memory), ref output.In(memory), ref incoming.In(memory), ref result.In(memory), _window, Block);
    }
}
