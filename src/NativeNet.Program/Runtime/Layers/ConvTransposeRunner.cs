using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Kernels;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs a transposed convolution.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
/// <param name="length">The floats of the parameter buffer that are trained.</param>
internal sealed class ConvTransposeRunner<TLanes>(ConvTransposePlan plan, int block, int length) : LayerRunner
    where TLanes : struct, ILanes<TLanes>
{
    private readonly ConvTransposeShape _shape = new(
        plan.Transpose.Window, plan.Transpose.Channels, plan.Tensor("weight").Offset, plan.Tensor("weight").Matrix.PaddedColumns,
        plan.Transpose.HasBias ? plan.Tensor("bias").Offset : -1);
    private readonly ActivationLoop<TLanes>? _activation = ActivationLoop<TLanes>.BehindSums(plan.Transpose.Activation);
    private readonly BiasRunner<TLanes>? _biases = BiasRunner<TLanes>.Of(plan, block, length);
    private readonly int _outputs = plan.Transpose.Output.Length;

    public override RowsCall Single(Place[] inputs, Place scratch, Place output) => Forward(inputs[0], output, output, 1);

    public override RowsCall Forward(Place[] inputs, Place sums, Place output) => Forward(inputs[0], sums, output, block);

    public override RowsCall Backward(Func<View, Place> place)
    {
        Place gradient = place(plan.Views.Incoming), kept = plan.TakesActivationBack ? place(plan.Views.Kept) : default;
        (View? target, bool adds) = plan.Views.InputGradient;
        Place inputGradient = target is null ? default : place(target);
        return (in RunMemory memory) =>
        {
            ref float dz = ref gradient.In(memory);
            if (plan.TakesActivationBack)
                _activation!.Backward(ref kept.In(memory), ref dz, ref dz, _outputs * block);
            if (target is not null)
                ConvTranspose.Backward<TLanes>(ref dz, ref inputGradient.In(memory), ref memory.Parameters, _shape, block, adds);
        };
    }

    public override void Update<TRule>(Place[] reads, in RunMemory memory, in TRule rule, PhasePart part)
    {
        if (_biases is not null)
        {
            _biases.Update(reads[0], memory, rule, part);
            return;
        }

        ConvTransposeUpdate.Apply<TRule, TLanes>(
            ref reads[0].In(memory), ref reads[1].In(memory), ref memory.Parameters, ref memory.State, in rule, ref memory.Scratch,
            WorkRange.Of(plan.Transpose.Products, 1, part.First, part.Count), _shape, block, memory.Samples, (nuint)length);
    }

    private RowsCall Forward(Place input, Place sums, Place output, int samples)
        => (in RunMemory memory) =>
        {
            ref float z = ref sums.In(memory);
            ConvTranspose.Forward<TLanes>(ref input.In(memory), ref z, ref memory.Parameters, _shape, samples);
            _activation?.Forward(ref z, ref output.In(memory), _outputs * samples);
        };
}
