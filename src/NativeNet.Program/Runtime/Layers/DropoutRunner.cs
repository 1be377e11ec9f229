using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs a dropout layer: a copy in prediction, in training the same operation in both directions.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class DropoutRunner<TLanes>(DropoutPlan plan, int block) : LibraryRunner<TLanes>(plan, block)
    where TLanes : struct, ILanes<TLanes>
{
    private readonly DropoutShape _shape = new(plan.Dropout.Input.Length, plan.Dropout.Index, plan.Dropout.Rate);

    protected override RowsCall Forward(Place input, Place output, int samples)
    {
        int length = _shape.Elements * samples;
        return (in RunMemory memory) => Blocks.Copy(ref input.In(memory), ref output.In(memory), length);
    }

    public override RowsCall TrainingForward(Place[] inputs, Place output, Func<View, Place> place) => Apply(inputs[0], output);

    protected override RowsCall BackwardTo(Place result, Func<View, Place> place) => Apply(place(plan.Views.Incoming), result);

    private RowsCall Apply(Place from, Place to)
        => (in RunMemory memory) => Dropout.Apply<TLanes>(ref from.In(memory), ref to.In(memory), _shape, Block, memory.Draw, memory.Sample);
}
