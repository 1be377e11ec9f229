using NativeNet.Description;
using NativeNet.Tensors;

namespace NativeNet.Runtime;

/// <summary>A program without a loss as a network.</summary>
/// <param name="facts">What it says of itself.</param>
/// <param name="runner">What runs it.</param>
internal sealed class PredictingProgram(ProgramFacts facts, ProgramRunner runner) : PredictingNetwork
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

    public override StreamingNetwork? Streaming => runner.Streaming;

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
}
