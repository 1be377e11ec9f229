using System.Runtime.CompilerServices;
using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Kernels;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs a convolution.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
/// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
internal sealed class ConvRunner<TLanes>(ConvPlan plan, int block, int length) : LayerRunner
    where TLanes : struct, ILanes<TLanes>
{
    private readonly ConvShape _shape = new(plan, block);
    private readonly ActivationLoop<TLanes>? _activation = ActivationLoop<TLanes>.BehindSums(plan.Conv.Activation);
    private readonly BiasRunner<TLanes>? _biases = BiasRunner<TLanes>.Of(plan, block, length);
    private readonly int _outputs = plan.Conv.Output.Length;

    public override RowsCall Single(Place[] inputs, Place scratch, Place output)
    {
        Place input = inputs[0];
        return (in RunMemory memory) =>
        {
            ref float y = ref output.In(memory);
            ConvSingle.Run<TLanes>(ref input.In(memory), ref memory.Parameters, ref y, _shape);
            _activation?.Forward(ref y, ref y, _outputs);
        };
    }

    public override RowsCall Process(Place[] inputs, Place scratch, Place output, int stream)
    {
        Place input = inputs[0];
        FrameHistory history = plan.History!;
        var ring = new FrameRingShape(history.Reach, history.Most, history.Channels, (int)history.Values);
        return (in RunMemory memory) =>
        {
            ref float y = ref output.In(memory);
            ConvProcess.Run<TLanes>(ref input.In(memory), ref memory.Parameters, ref Unsafe.Add(ref memory.State, stream), ref y, _shape, ring);
            _activation?.Forward(ref y, ref y, _outputs);
        };
    }

    public override RowsCall Forward(Place[] inputs, Place sums, Place output)
    {
        Place input = inputs[0];
        return (in RunMemory memory) =>
        {
            ref float z = ref sums.In(memory);
            ConvForward.Run<TLanes>(ref input.In(memory), ref memory.Parameters, ref z, _shape);
            _activation?.Forward(ref z, ref output.In(memory), _outputs * block);
        };
    }

    public override RowsCall Backward(Func<View, Place> place)
    {
        Place gradient = place(plan.Views.Incoming), kept = _activation is not null ? place(plan.Views.Kept) : default;
        (View? target, bool adds) = plan.Views.InputGradient;
        Place inputGradient = target is null ? default : place(target);
        return (in RunMemory memory) =>
        {
            ref float dz = ref gradient.In(memory);
            _activation?.Backward(ref kept.In(memory), ref dz, ref dz, _outputs * block);
            if (target is not null)
                ConvInputGradient.Run<TLanes>(ref dz, ref memory.Parameters, ref inputGradient.In(memory), _shape, adds);
        };
    }

    public override void Update<TRule>(Place[] reads, in RunMemory memory, in TRule rule, PhasePart part)
    {
        if (_biases is not null)
        {
            _biases.Update(reads[0], memory, rule, part);
            return;
        }

        ConvUpdate.Run<TRule, TLanes>(
            ref reads[0].In(memory), ref reads[1].In(memory), ref memory.Parameters, ref memory.State, in rule, ref memory.Scratch,
            WorkRange.Of(_shape.Products, 1, part.First, part.Count), _shape, memory.Samples, (nuint)length);
    }
}
