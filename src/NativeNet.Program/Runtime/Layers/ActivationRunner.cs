using NativeNet.Compiler.Planning;
using NativeNet.Numerics;
using NativeNet.Runtime.Kernels;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs a layer that is nothing but an activation.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class ActivationRunner<TLanes>(ActivationPlan plan, int block) : LayerRunner
    where TLanes : struct, ILanes<TLanes>
{
    private readonly int _elements = plan.Layer.Output.Length;
    private readonly ActivationLoop<TLanes> _activation = ActivationLoop<TLanes>.Of(plan.Layer.Activation);

    public override RowsCall Single(Place[] inputs, Place scratch, Place output) => Forward(inputs[0], output, _elements);

    public override RowsCall Forward(Place[] inputs, Place sums, Place output) => Forward(inputs[0], output, _elements * block);

    public override RowsCall Backward(Func<View, Place> place)
    {
        (View? target, bool adds) = plan.Views.InputGradient;
        Place kept = place(plan.Layer.Activation.DerivesFromSum ? plan.Views.Input : plan.Views.Output);
        Place incoming = place(plan.Views.Incoming), gradient = place(target!);
        return (in RunMemory memory) => _activation.Backward(
            ref kept.In(memory), ref incoming.In(memory), ref gradient.In(memory), _elements * block, adds);
    }

    private RowsCall Forward(Place input, Place output, int length)
        => (in RunMemory memory) => _activation.Forward(ref input.In(memory), ref output.In(memory), length);
}
