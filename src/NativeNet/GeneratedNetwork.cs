using System.ComponentModel;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Tensors;

namespace NativeNet;

/// <summary>A generated network as an object: every call goes on to the static one.</summary>
/// <typeparam name="TNetwork">The generated network.</typeparam>
/// <typeparam name="TTarget">The type of its targets.</typeparam>
public sealed class GeneratedNetwork<TNetwork, TTarget> : TrainableNetwork<TTarget>
    where TNetwork : struct, INetwork<TTarget>
    where TTarget : unmanaged
{
    private GeneratedNetwork()
    {
    }

    /// <summary>The one object, since a generated network has no state.</summary>
    public static GeneratedNetwork<TNetwork, TTarget> Instance { get; } = new();

    /// <inheritdoc/>
    public override string Json => TNetwork.Json;

    /// <inheritdoc/>
    public override string Plan => TNetwork.Plan;

    /// <inheritdoc/>
    public override string Fingerprint => TNetwork.Fingerprint;

    /// <inheritdoc/>
    public override TensorTable Tensors => TNetwork.Tensors;

    /// <inheritdoc/>
    public override TrainingSpec? Training => TNetwork.Training;

    /// <inheritdoc/>
    public override EquatableArray<string> Classes => TNetwork.Classes;

    /// <inheritdoc/>
    public override Shape InputShape => TNetwork.InputShape;

    /// <inheritdoc/>
    public override int InputLength => TNetwork.InputLength;

    /// <inheritdoc/>
    public override int OutputLength => TNetwork.OutputLength;

    /// <inheritdoc/>
    public override int BatchSize => TNetwork.BatchSize;

    /// <inheritdoc/>
    public override int PredictWorkspaceLength => TNetwork.PredictWorkspaceLength;

    /// <inheritdoc/>
    public override int PredictBatchWorkspaceLength => TNetwork.PredictBatchWorkspaceLength;

    /// <inheritdoc/>
    public override StreamingNetwork? Streaming => TNetwork.Streaming;

    /// <inheritdoc/>
    public override LossKind TrainingLoss => TNetwork.TrainingLoss;

    /// <inheritdoc/>
    public override int TargetLength => TNetwork.TargetLength;

    /// <inheritdoc/>
    public override int LeastSamples => TNetwork.LeastSamples;

    /// <inheritdoc/>
    public override bool IsStateful => TNetwork.IsStateful;

    /// <inheritdoc/>
    public override int TrainingWorkspaceLength => TNetwork.TrainingWorkspaceLength;

    /// <inheritdoc/>
    public override int LayerCount => TNetwork.LayerCount;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override ReadOnlySpan<TrainingPhase> Phases => TNetwork.Phases;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int ScratchLength => TNetwork.ScratchLength;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int ScratchOffset => TNetwork.ScratchOffset;

    /// <inheritdoc/>
    public override LayerBuffers Scores => TNetwork.Scores;

    /// <inheritdoc/>
    public override LayerBuffers Layer(int layer) => TNetwork.Layer(layer);

    /// <inheritdoc/>
    public override void Initialize(Span<float> parameters, ulong seed) => TNetwork.Initialize(parameters, seed);

    /// <inheritdoc/>
    public override void Predict(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace)
        => TNetwork.Predict(parameters, input, scores, workspace);

    /// <inheritdoc/>
    public override void PredictBatch(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace)
        => TNetwork.PredictBatch(parameters, inputs, scores, workspace);

    /// <inheritdoc/>
    public override float Loss(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, Span<float> workspace)
        => TNetwork.Loss(parameters, inputs, targets, workspace);

    /// <inheritdoc/>
    public override float Gradients(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets,
        Span<float> gradients, Span<float> workspace, TrainingDraw draw = default, ReadOnlySpan<float> classWeights = default)
        => Gradients(default(GeneratedPhases<TNetwork, TTarget>), parameters, inputs, targets, gradients, workspace, draw, classWeights);

    /// <inheritdoc/>
    public override float TrainStep<TRule>(
        Span<float> parameters, Span<float> state, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets,
        in TRule rule, long step, Span<float> workspace, WorkerTeam? team = null, ulong seed = 0, ReadOnlySpan<float> classWeights = default)
        => TrainStep(default(GeneratedPhases<TNetwork, TTarget>), parameters, state, inputs, targets, rule, step, workspace, team, seed, classWeights);

    /// <inheritdoc/>
    public override void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace)
        => TNetwork.UpdateRunningAverages(parameters, workspace);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override void RunPhase<TRule>(int phase, in TrainingPass<TTarget> pass, in TRule rule, PhasePart part, ref float scratch)
        => TNetwork.RunPhase(phase, pass, rule, part, ref scratch);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override float MeanLoss(in TrainingPass<TTarget> pass) => TNetwork.MeanLoss(pass);
}
