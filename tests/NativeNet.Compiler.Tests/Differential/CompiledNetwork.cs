using NativeNet.Numerics;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>A network that was compiled in memory, without its type.</summary>
internal abstract class CompiledNetwork
{
    /// <summary>How its buffers hold the tensors.</summary>
    public abstract TensorTable Tensors { get; }

    public abstract int ParametersLength { get; }

    public abstract int PredictWorkspaceLength { get; }

    public abstract int PredictBatchWorkspaceLength { get; }

    public abstract int TrainingWorkspaceLength { get; }

    public abstract void Predict(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace);

    public abstract void PredictBatch(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace);

    /// <inheritdoc cref="INetwork{TTarget}.Loss"/>
    /// <param name="parameters">(ParametersLength).</param>
    /// <param name="inputs">(count, InputLength).</param>
    /// <param name="targets">Class numbers or values, as the loss takes them.</param>
    /// <param name="workspace">At least TrainingWorkspaceLength.</param>
    public abstract float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Array targets, Span<float> workspace);

    public abstract float Gradients(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Array targets, Span<float> gradients, Span<float> workspace, TrainingDraw draw);

    public abstract void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace);

    public abstract float TrainStep<TRule>(
        Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, Array targets, TRule rule, long step, Span<float> workspace, WorkerTeam? team, ulong seed)
        where TRule : struct, IUpdateRule<TRule>;
}

#pragma warning disable CA1812 // made by reflection, since its type arguments are compiled at run time
/// <inheritdoc cref="CompiledNetwork"/>
/// <typeparam name="TNetwork">The generated struct.</typeparam>
/// <typeparam name="TTarget">The type of its targets.</typeparam>
internal sealed class CompiledNetwork<TNetwork, TTarget> : CompiledNetwork
    where TNetwork : struct, INetwork<TTarget>
    where TTarget : unmanaged
{
    public override TensorTable Tensors => TNetwork.Tensors;

    public override int ParametersLength => TNetwork.ParametersLength;

    public override int PredictWorkspaceLength => TNetwork.PredictWorkspaceLength;

    public override int PredictBatchWorkspaceLength => TNetwork.PredictBatchWorkspaceLength;

    public override int TrainingWorkspaceLength => TNetwork.TrainingWorkspaceLength;

    public override void Predict(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace)
        => TNetwork.Predict(parameters, input, scores, workspace);

    public override void PredictBatch(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace)
        => TNetwork.PredictBatch(parameters, inputs, scores, workspace);

    public override float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Array targets, Span<float> workspace)
        => TNetwork.Loss(parameters, inputs, (TTarget[])targets, workspace);

    public override float Gradients(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Array targets, Span<float> gradients, Span<float> workspace, TrainingDraw draw)
        => TNetwork.Gradients(parameters, inputs, (TTarget[])targets, gradients, workspace, draw);

    public override void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace)
        => TNetwork.UpdateRunningAverages(parameters, workspace);

    public override float TrainStep<TRule>(
        Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, Array targets, TRule rule, long step, Span<float> workspace, WorkerTeam? team, ulong seed)
        => TNetwork.TrainStep(parameters, state, inputs, (TTarget[])targets, rule, step, workspace, team, seed);
}
