using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Memory;
using NativeNet.Tensors;

namespace NativeNet.Runtime;

/// <summary>A program as a network that trains.</summary>
/// <typeparam name="TTarget">The type of its targets.</typeparam>
/// <param name="facts">What it says of itself.</param>
/// <param name="runner">What runs it.</param>
internal sealed class TrainableProgram<TTarget>(ProgramFacts facts, ProgramRunner runner) : TrainableNetwork<TTarget>
    where TTarget : unmanaged
{
    public override string Json => facts.Json;

    public override string Plan => facts.Plan;

    public override string Fingerprint => facts.Fingerprint;

    public override TensorTable Tensors => facts.Program.Parameters.Table;

    public override TrainingSpec? Training => facts.Spec.Training;

    public override EquatableArray<string> Classes => facts.Spec.Classes;

    public override Shape InputShape => facts.Spec.Input;

    public override int InputLength => facts.InputLength;

    public override int OutputLength => facts.OutputLength;

    public override int BatchSize => facts.Spec.BatchSize;

    public override int PredictWorkspaceLength => facts.Program.Predict.Workspace.Length;

    public override int PredictBatchWorkspaceLength => facts.Program.PredictBatch.Workspace.Length;

    public override void Initialize(Span<float> parameters, ulong seed) => facts.Initialize(parameters, seed);

    public override void Predict(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace)
    {
        facts.CheckPredict(parameters, input, scores, workspace);
        runner.Predict(parameters, input, scores, workspace);
    }

    public override void PredictBatch(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace)
    {
        facts.CheckPredictBatch(parameters, inputs, scores, workspace);
        runner.PredictBatch(parameters, inputs, scores, workspace);
    }

    public override StreamingNetwork? Streaming => runner.Streaming;

    public override LossKind TrainingLoss => facts.Spec.Loss!.Value;

    public override int TargetLength => facts.TargetLength;

    public override int LeastSamples => facts.LeastSamples;

    public override bool IsStateful => facts.Spec.IsStateful;

    public override int TrainingWorkspaceLength => facts.Program.TrainStep.Workspace.Length;

    public override int LayerCount => runner.Layers.Length;

    public override ReadOnlySpan<TrainingPhase> Phases => runner.Phases;

    public override int ScratchLength => facts.ScratchLength;

    public override int ScratchOffset => runner.ScratchOffset;

    public override LayerBuffers Scores => runner.Scores;

    public override LayerBuffers Layer(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, LayerCount);
        return runner.Layers[layer];
    }

    public override float Loss(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<TTarget> targets, Span<float> workspace)
    {
        int count = Check(parameters, inputs, targets, workspace);
        var pass = new TrainingPass<TTarget>(parameters, default, inputs, targets, workspace, count);
        RunMemory memory = MemoryOf(pass, ref Unsafe.Add(ref pass.Workspace, ScratchOffset));
        runner.Evaluate(memory.At(0, pass.Count));
        return runner.MeanLoss(memory);
    }

    public override void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace)
    {
        Guard.Length(parameters.Length, ParametersLength, nameof(parameters));
        Guard.AtLeast(workspace.Length, TrainingWorkspaceLength, nameof(workspace));
        ref float none = ref Unsafe.NullRef<float>();
        runner.UpdateRunningAverages(new RunMemory(ref none, ref MemoryMarshal.GetReference(parameters), ref none, ref MemoryMarshal.GetReference(workspace), ref none));
    }

    public override void RunPhase<TRule>(int phase, in TrainingPass<TTarget> pass, in TRule rule, PhasePart part, ref float scratch)
        => runner.RunPhase(phase, MemoryOf(pass, ref scratch), in rule, part);

    public override float MeanLoss(in TrainingPass<TTarget> pass) => runner.MeanLoss(MemoryOf(pass, ref Unsafe.NullRef<float>()));

    private static RunMemory MemoryOf(in TrainingPass<TTarget> pass, ref float scratch)
        => new(ref pass.Inputs, ref pass.Parameters, ref pass.State, ref pass.Workspace, ref scratch)
        {
            Classes = typeof(TTarget) == typeof(int) ? MemoryMarshal.Cast<TTarget, int>(pass.Targets) : default,
            Values = typeof(TTarget) == typeof(float) ? MemoryMarshal.Cast<TTarget, float>(pass.Targets) : default,
            ClassWeights = pass.ClassWeights,
            Draw = pass.Draw,
            BatchCount = pass.Count,
            Samples = pass.Samples,
        };
}
