using NativeNet.Compiler.Planning;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;

namespace NativeNet.Runtime.Layers;

/// <summary>Runs a batch normalization: by running averages in prediction, in training by sums that the rows wait for.</summary>
/// <typeparam name="TActivation">What it applies to its outputs.</typeparam>
/// <typeparam name="TLanes">The width.</typeparam>
/// <param name="plan">The layer.</param>
/// <param name="block">The samples of a block.</param>
/// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
internal sealed class BatchNormRunner<TActivation, TLanes>(BatchNormPlan plan, int block, int length) : LibraryRunner<TLanes>(plan, block)
    where TActivation : struct, IFusedActivation
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>The channels that sums are cut at: a few lines of memory.</summary>
    private const int SumGrain = 4;

    private readonly BiasRunner<TLanes>? _biases = BiasRunner<TLanes>.Of(plan, block, length);

    private readonly BatchNormShape _shape = new(
        plan.Norm.Input.Positions, plan.Norm.Input.Channels, plan.Tensor("weight").Offset, plan.Tensor("bias").Offset,
        plan.Tensor("running_mean").Offset, plan.Tensor("running_var").Offset, plan.Norm.Momentum, plan.Norm.Epsilon);

    public override RowsCall Forward(Place[] inputs, Place sums, Place output)
    {
        if (!plan.IsOverRows)
            return base.Forward(inputs, sums, output);

        Place input = inputs[0];
        return (in RunMemory memory) => BatchNormRows.Forward<TActivation, TLanes>(
            ref input.In(memory), ref output.In(memory), (nuint)output.Stride, ref memory.Parameters, _shape, memory.Count);
    }

    protected override RowsCall Forward(Place input, Place output, int samples)
        => (in RunMemory memory) => BatchNorm.Forward<TActivation, TLanes>(ref input.In(memory), ref output.In(memory), ref memory.Parameters, _shape, samples);

    public override RowsCall TrainingForward(Place[] inputs, Place output, Func<View, Place> place)
    {
        Place input = inputs[0], statistics = place(plan.Statistics!);
        if (plan.IsOverRows)
        {
            return (in RunMemory memory) => BatchNormRows.TrainingForward<TActivation, TLanes>(
                ref input.In(memory), ref output.In(memory), (nuint)output.Stride, ref memory.Parameters, ref statistics.In(memory), _shape, memory.Count);
        }

        return (in RunMemory memory) => BatchNorm.TrainingForward<TActivation, TLanes>(
            ref input.In(memory), ref output.In(memory), ref memory.Parameters, ref statistics.In(memory), _shape, Block);
    }

    public override PartCall Statistics(Func<View, Place> place, bool isBackward)
    {
        Place input = place(plan.Summed), statistics = place(plan.Statistics!);
        if (!isBackward)
        {
            return (in RunMemory memory, PhasePart part) => BatchNorm.Statistics<TLanes>(
                ref input.In(memory), ref statistics.In(memory), _shape, Block, memory.Samples, SumsOf(part));
        }

        Place incoming = place(plan.Views.Incoming);
        return (in RunMemory memory, PhasePart part) => BatchNorm.GradientStatistics<TActivation, TLanes>(
            ref input.In(memory), ref incoming.In(memory), ref memory.Parameters, ref statistics.In(memory), _shape, Block, memory.Samples, SumsOf(part));
    }

    protected override RowsCall BackwardTo(Place result, Func<View, Place> place)
    {
        Place incoming = place(plan.Views.Incoming);
        if (plan.Statistics is not { } kept)
            return (in RunMemory memory) => BatchNorm.FixedBackward<TLanes>(ref incoming.In(memory), ref result.In(memory), ref memory.Parameters, _shape, Block);

        Place input = place(plan.Summed), statistics = place(kept);
        return (in RunMemory memory) => BatchNorm.Backward<TActivation, TLanes>(
            ref input.In(memory), ref incoming.In(memory), ref result.In(memory), ref memory.Parameters, ref statistics.In(memory),
            _shape, Block, memory.BatchCount);
    }

    public override void Update<TRule>(Place[] reads, in RunMemory memory, in TRule rule, PhasePart part)
    {
        if (_biases is not null)
        {
            _biases.Update(reads[0], memory, rule, part);
            return;
        }

        BatchNorm.Update<TRule, TLanes>(
            ref reads[0].In(memory), ref memory.Parameters, ref memory.State, in rule, _shape, ShareOf(part), (nuint)length);
    }

    private WorkRange SumsOf(PhasePart part) => WorkRange.Of(plan.Norm.Input.Channels, SumGrain, part.First, part.Count);

    public override RowsCall RunningAverages(Func<View, Place> place)
    {
        Place statistics = place(plan.Statistics!);
        return (in RunMemory memory) => BatchNorm.UpdateRunningAverages(in statistics.In(memory), ref memory.Parameters, _shape);
    }
}
