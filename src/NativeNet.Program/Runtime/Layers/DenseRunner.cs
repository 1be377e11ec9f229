using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Kernels;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs a dense layer.</summary>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
/// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
internal sealed class DenseRunner<TLanes>(DensePlan plan, int block, int length) : LayerRunner
    where TLanes : struct, ILanes<TLanes>
{
    private readonly DenseShape _shape = DenseShape.Of(plan);
    private readonly ActivationLoop<TLanes>? _activation = ActivationLoop<TLanes>.BehindSums(plan.Dense.Activation);
    private readonly int _padded = plan.Weights.Matrix.PaddedColumns, _bias = plan.Bias?.Offset ?? 0;

    public override RowsCall Single(Place[] inputs, Place scratch, Place output) => Forward(inputs, output, output);

    public override RowsCall Forward(Place[] inputs, Place sums, Place output)
    {
        Place input = inputs[0];
        return (in RunMemory memory) =>
        {
            ref float z = ref sums.In(memory), y = ref output.In(memory);
            int count = (int)memory.Count;
            DenseForward.Run<TLanes>(ref input.In(memory), input.Stride, ref memory.Parameters, ref z, sums.Stride, _shape, count);
            if (_activation is null)
                return;

            for (int b = 0; b < count; b++)
            {
                _activation.Forward(
                    ref Unsafe.Add(ref z, (nint)b * sums.Stride), ref Unsafe.Add(ref y, (nint)b * output.Stride), _padded);
            }
        };
    }

    public override RowsCall Backward(Func<View, Place> place)
    {
        Place incoming = place(plan.Views.Incoming), gradient = place(plan.Gradient), kept = plan.TakesActivationBack ? place(plan.Views.Kept) : gradient;
        (View? target, bool adds) = plan.Views.InputGradient;
        Place inputGradient = target is null ? default : place(target);
        return (in RunMemory memory) =>
        {
            ref float dz = ref incoming.In(memory);
            SumGradient(ref dz, ref kept.In(memory), kept.Stride, ref gradient.In(memory), gradient.Stride, memory.Count);
            if (target is null)
                return;

            if (_activation is not null)
                Transpose.ToBlock(ref gradient.In(memory), (nuint)gradient.Stride, ref dz, (nuint)block, (nuint)_shape.Units, memory.Count);
            DenseInputGradient.Run<TLanes>(
                ref dz, ref memory.Parameters, ref inputGradient.In(memory), _shape, block, (int)memory.Count, adds);
        };
    }

    public override void Update<TRule>(Place[] reads, in RunMemory memory, in TRule rule, PhasePart part)
    {
        if (plan.LearnsWeights)
        {
            DenseUpdate.Run<TRule, TLanes>(
                ref reads[0].In(memory), reads[0].Stride, ref reads[1].In(memory), reads[1].Stride, ref memory.Parameters, ref memory.State, in rule,
                ref memory.Scratch, WorkRange.Of(_shape.Inputs, TileRows.Most, part.First, part.Count), _shape, (int)memory.BatchCount, (nuint)length);
        }
        else if (part.First == part.Count - 1)
        {
            BiasUpdate.ApplyRows(
                in rule, ref reads[0].In(memory), (nuint)reads[0].Stride, (nuint)_padded, memory.BatchCount, ref memory.Parameters, ref memory.State,
                (nuint)_bias, (nuint)length);
        }
    }

    /// <summary>From the gradient of the outputs, samples side by side, to that of the sums, in rows with zeros behind them.</summary>
    private void SumGradient(ref float dy, ref float kept, int keptStride, ref float dz, int stride, nuint count)
    {
        Transpose.ToRows(ref dz, (nuint)stride, ref dy, (nuint)block, (nuint)_shape.Units, count);
        for (nuint b = 0; b < count; b++)
        {
            ref float row = ref Unsafe.Add(ref dz, b * (nuint)stride);
            _activation?.Backward(ref Unsafe.Add(ref kept, b * (nuint)keptStride), ref row, ref row, _padded);
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref row, _shape.Units), _padded - _shape.Units).Clear();
        }
    }
}
