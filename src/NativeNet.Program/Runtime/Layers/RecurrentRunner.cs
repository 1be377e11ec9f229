using System.Runtime.CompilerServices;
using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Makes the runner of a recurrent layer for its cell.</summary>
internal static class RecurrentRunner
{
    /// <summary>The runner of a layer.</summary>
    /// <typeparam name="TLanes">The width, at most that of a block.</typeparam>
    /// <param name="plan">The layer.</param>
    /// <param name="block">The samples of a block.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static LayerRunner Create<TLanes>(RecurrentPlan plan, int block, int length)
        where TLanes : struct, ILanes<TLanes>
        => plan.Recurrent.Kind switch
        {
            RecurrentKind.Gru => new RecurrentRunner<GruCell, TLanes>(plan, block, length),
            RecurrentKind.Lstm => new RecurrentRunner<LstmCell, TLanes>(plan, block, length),
            _ => new RecurrentRunner<RnnCell, TLanes>(plan, block, length),
        };
}

/// <summary>Runs a recurrent layer.</summary>
/// <typeparam name="TCell">The cell.</typeparam>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
/// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
internal sealed class RecurrentRunner<TCell, TLanes>(RecurrentPlan plan, int block, int length) : LayerRunner
    where TCell : struct, IRecurrentCell
    where TLanes : struct, ILanes<TLanes>
{
    private readonly RecurrentShape _shape = new(
        plan.Recurrent.Steps, plan.Recurrent.Inputs, plan.Recurrent.Units, plan.Recurrent.ReturnSequences, plan.Tensor("weight_ih").Offset,
        plan.Tensor("weight_hh").Offset, plan.Tensor("bias").Offset, plan.Recurrent.Kind == RecurrentKind.Gru ? plan.Tensor("bias_n").Offset : 0);

    public override RowsCall Single(Place[] inputs, Place scratch, Place output)
    {
        Place input = inputs[0];
        return (in RunMemory memory) => RecurrentStep.Forward<TCell, RecurrentSums<TCell, TLanes>>(
            ref input.In(memory), ref scratch.In(memory), ref output.In(memory), ref memory.Parameters, _shape);
    }

    public override RowsCall Process(Place[] inputs, Place scratch, Place output, int stream)
    {
        Place input = inputs[0];
        return (in RunMemory memory) => RecurrentStep.Process<TCell, RecurrentSums<TCell, TLanes>>(
            ref input.In(memory), ref Unsafe.Add(ref memory.State, stream), ref scratch.In(memory), ref output.In(memory), ref memory.Parameters, _shape);
    }

    public override RowsCall Forward(Place[] inputs, Place sums, Place output) => Forward(inputs[0], sums, output, keeps: false, carries: false);

    public override RowsCall TrainingForward(Place[] inputs, Place output, Func<View, Place> place)
        => Forward(inputs[0], place(plan.Kept), output, keeps: true, plan.Recurrent.IsStateful);

    public override RowsCall Backward(Func<View, Place> place)
    {
        Place kept = place(plan.Kept), incoming = place(plan.Views.Incoming), scratch = place(plan.Scratch);
        (View? gradient, bool adds) = plan.Views.InputGradient;
        Place target = gradient is null ? kept : place(gradient);
        InputGradientUse use = gradient is null ? InputGradientUse.None : adds ? InputGradientUse.Added : InputGradientUse.Written;
        return (in RunMemory memory) => Recurrent.Backward<TCell, RecurrentSums<TCell, TLanes>, TLanes>(
            ref kept.In(memory), ref incoming.In(memory), ref target.In(memory), ref scratch.In(memory), ref memory.Parameters, _shape, block, use);
    }

    public override void Update<TRule>(Place[] reads, in RunMemory memory, in TRule rule, PhasePart part)
    {
        if (plan.LearnsWeights)
        {
            RecurrentUpdate.Apply<TCell, RecurrentSums<TCell, TLanes>, TRule, TLanes>(
                ref reads[0].In(memory), reads[0].Stride, ref reads[1].In(memory), reads[1].Stride, ref memory.Parameters, ref memory.State, in rule,
                ref memory.Scratch, part.First, part.Count, _shape, block, memory.BatchCount, (nuint)length);
        }
        else if (part.First == part.Count - 1)
        {
            RecurrentUpdate.ApplyBiases<TCell, RecurrentSums<TCell, TLanes>, TRule>(
                ref reads[0].In(memory), reads[0].Stride, ref memory.Parameters, ref memory.State, in rule, ref memory.Scratch, _shape, block, memory.BatchCount,
                (nuint)length);
        }
    }

    private RowsCall Forward(Place input, Place room, Place output, bool keeps, bool carries)
        => (in RunMemory memory) => Recurrent.Forward<TCell, RecurrentSums<TCell, TLanes>, TLanes>(
            ref input.In(memory), ref room.In(memory), ref output.In(memory), ref memory.Parameters, _shape, block, keeps, carries);
}
