using NativeNet.Numerics;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>A network that is compared with the reference, without the type of its targets.</summary>
internal abstract class ComparedNetwork
{
    /// <summary>A network by its contract.</summary>
    /// <param name="network">A <see cref="TrainableNetwork{TTarget}"/> of <see cref="int"/> or <see cref="float"/>.</param>
    public static ComparedNetwork Of(PredictingNetwork network) => network is TrainableNetwork<int> classes
        ? new ComparedNetwork<int>(classes)
        : new ComparedNetwork<float>((TrainableNetwork<float>)network);

    /// <summary>How its buffers hold the tensors.</summary>
    public abstract TensorTable Tensors { get; }

    public abstract int ParametersLength { get; }

    /// <summary>How it takes a signal frame by frame, or null.</summary>
    public abstract StreamingNetwork? Streaming { get; }

    public abstract int PredictWorkspaceLength { get; }

    public abstract int PredictBatchWorkspaceLength { get; }

    public abstract int TrainingWorkspaceLength { get; }

    public abstract void Predict(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace);

    public abstract void PredictBatch(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace);

    /// <inheritdoc cref="TrainableNetwork{TTarget}.Loss"/>
    /// <param name="parameters">(ParametersLength).</param>
    /// <param name="inputs">(count, InputLength).</param>
    /// <param name="targets">Class numbers or values, as the loss takes them.</param>
    /// <param name="workspace">At least TrainingWorkspaceLength.</param>
    public abstract float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Array targets, Span<float> workspace);

    public abstract float Gradients(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Array targets, Span<float> gradients, Span<float> workspace, TrainingDraw draw,
        ReadOnlySpan<float> classWeights);

    public abstract void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace);

    public abstract float TrainStep<TRule>(
        Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, Array targets, TRule rule, long step, Span<float> workspace, WorkerTeam? team, ulong seed,
        ReadOnlySpan<float> classWeights)
        where TRule : struct, IUpdateRule<TRule>;
}

/// <inheritdoc cref="ComparedNetwork"/>
/// <typeparam name="TTarget">The type of its targets.</typeparam>
/// <param name="network">The network.</param>
internal sealed class ComparedNetwork<TTarget>(TrainableNetwork<TTarget> network) : ComparedNetwork
    where TTarget : unmanaged
{
    public override TensorTable Tensors => network.Tensors;

    public override int ParametersLength => network.ParametersLength;

    public override StreamingNetwork? Streaming => network.Streaming;

    public override int PredictWorkspaceLength => network.PredictWorkspaceLength;

    public override int PredictBatchWorkspaceLength => network.PredictBatchWorkspaceLength;

    public override int TrainingWorkspaceLength => network.TrainingWorkspaceLength;

    public override void Predict(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace)
        => network.Predict(parameters, input, scores, workspace);

    public override void PredictBatch(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace)
        => network.PredictBatch(parameters, inputs, scores, workspace);

    public override float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Array targets, Span<float> workspace)
        => network.Loss(parameters, inputs, (TTarget[])targets, workspace);

    public override float Gradients(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Array targets, Span<float> gradients, Span<float> workspace, TrainingDraw draw,
        ReadOnlySpan<float> classWeights)
        => network.Gradients(parameters, inputs, (TTarget[])targets, gradients, workspace, draw, classWeights);

    public override void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace)
        => network.UpdateRunningAverages(parameters, workspace);

    public override float TrainStep<TRule>(
        Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, Array targets, TRule rule, long step, Span<float> workspace, WorkerTeam? team, ulong seed,
        ReadOnlySpan<float> classWeights)
        => network.TrainStep(parameters, state, inputs, (TTarget[])targets, rule, step, workspace, team, seed, classWeights);
}
