using NativeNet.Compiler;
using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Kernels;
using PlannedProgram = NativeNet.Compiler.Planning.Program;

namespace NativeNet.Runtime;

/// <summary>What a network says of itself, worked out once, and its first weights.</summary>
/// <param name="title">What its plan calls it.</param>
/// <param name="program">The program.</param>
internal sealed class ProgramFacts(string title, PlannedProgram program)
{
    /// <inheritdoc cref="PredictingNetwork.Json"/>
    public string Json { get; } = NetworkJson.Write(program.Spec);

    /// <inheritdoc cref="PredictingNetwork.Plan"/>
    public string Plan { get; } = PlanText.Of(title, program);

    /// <inheritdoc cref="PredictingNetwork.Fingerprint"/>
    public string Fingerprint { get; } = NetworkFingerprint.Of(program.Spec);

    /// <inheritdoc cref="PredictingNetwork.InputLength"/>
    public int InputLength { get; } = program.Spec.Input.Length;

    /// <inheritdoc cref="PredictingNetwork.OutputLength"/>
    public int OutputLength { get; } = program.Spec.Output.Length;

    /// <inheritdoc cref="TrainableNetwork.TargetLength"/>
    public int TargetLength { get; } = program.Spec.TargetLength;

    /// <inheritdoc cref="NetworkSpec.LeastSamples"/>
    public int LeastSamples { get; } = program.Spec.LeastSamples;

    /// <summary>Floats of scratch that a thread needs.</summary>
    public int ScratchLength { get; } = program.ScratchLength;

    /// <summary>The program.</summary>
    public PlannedProgram Program => program;

    /// <summary>The network.</summary>
    public NetworkSpec Spec => program.Spec;

    /// <inheritdoc cref="PredictingNetwork.Initialize"/>
    public void Initialize(Span<float> parameters, ulong seed)
    {
        Guard.Length(parameters.Length, program.Parameters.Length, nameof(parameters));
        parameters.Clear();
        foreach (ParameterTensor tensor in program.Parameters.Tensors)
        {
            if (tensor.Spec.Initializer is { } initializer)
                ParameterInitializer.Fill(parameters, tensor.Offset, tensor.Matrix, tensor.Stream, initializer, seed);
            else if (tensor.Spec.Start != 0)
                ParameterInitializer.Fill(parameters, tensor.Offset, tensor.Matrix, tensor.Spec.Start);
            for (int gate = 0; gate < tensor.Spec.GateStarts.Count; gate++)
                ParameterInitializer.FillGate(parameters, tensor.Offset, tensor.Matrix, gate, tensor.Spec.GateStarts[gate]);
        }
    }

    /// <summary>Checks the lengths of one prediction.</summary>
    public void CheckPredict(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace)
    {
        Guard.Length(parameters.Length, program.Parameters.Length, nameof(parameters));
        Guard.Length(input.Length, InputLength, nameof(input));
        Guard.Length(scores.Length, OutputLength, nameof(scores));
        Guard.AtLeast(workspace.Length, program.Predict.Workspace.Length, nameof(workspace));
    }

    /// <summary>Checks the lengths of a batch of predictions.</summary>
    public void CheckPredictBatch(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace)
    {
        Guard.Length(parameters.Length, program.Parameters.Length, nameof(parameters));
        int count = Guard.Samples(inputs.Length, InputLength, Spec.BatchSize, nameof(inputs));
        Guard.Length(scores.Length, count * OutputLength, nameof(scores));
        Guard.AtLeast(workspace.Length, program.PredictBatch.Workspace.Length, nameof(workspace));
    }
}
