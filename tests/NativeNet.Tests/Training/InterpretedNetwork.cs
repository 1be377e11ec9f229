using System.Runtime.InteropServices;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Reference;
using NativeNet.Storage;
using NativeNet.Tensors;

namespace NativeNet.Tests.Training;

/// <summary>A classifier that nobody compiled: the reference network, told to sessions as phases.</summary>
/// <remarks>
/// The workspace holds gradients, (ParametersLength), parameters with running averages moved, (ParametersLength), the scores,
/// (BatchSize, OutputLength), and the loss.
/// </remarks>
internal sealed class InterpretedNetwork : TrainableNetwork<int>
{
    private readonly NetworkSpec _spec;
    private readonly ReferenceNetwork<float> _reference;
    private readonly LayerSpec[] _trained;
    private readonly TrainingPhase[] _phases;
    private readonly (int Layer, ParameterSpec Spec)[] _tensors;

    /// <summary>Interprets what another network is, in the same layout.</summary>
    /// <param name="twin">The other network.</param>
    public InterpretedNetwork(PredictingNetwork twin)
    {
        _spec = NetworkSpec.Parse(twin.Json);
        _reference = new ReferenceNetwork<float>(_spec);
        _trained = [.. _spec.Layers.Where(static layer => layer.Learns)];
        _phases = [TrainingPhase.Rows(_spec.BatchSize), TrainingPhase.Update(_trained.Length)];
        _tensors = [.. _spec.Layers.SelectMany(static layer => layer.Parameters.Select(tensor => (layer.Index, tensor)))];
        Tensors = twin.Tensors;
        Fingerprint = twin.Fingerprint;
    }

    public override string Json => NetworkJson.Write(_spec);

    public override string Plan => "none";

    public override string Fingerprint { get; }

    public override TensorTable Tensors { get; }

    public override EquatableArray<string> Classes => _spec.Classes;

    public override TrainingSpec? Training => _spec.Training;

    public override Shape InputShape => _spec.Input;

    public override int InputLength => _spec.Input.Length;

    public override int OutputLength => _spec.Output.Length;

    public override int BatchSize => _spec.BatchSize;

    public override int PredictWorkspaceLength => 0;

    public override int PredictBatchWorkspaceLength => 0;

    public override LossKind TrainingLoss => _spec.Loss!.Value;

    public override int TargetLength => 1;

    public override int TrainingWorkspaceLength => LossOffset + 1;

    public override int LayerCount => _trained.Length;

    public override ReadOnlySpan<TrainingPhase> Phases => _phases;

    public override int ScratchLength => 0;

    public override int ScratchOffset => 0;

    private int ScoresOffset => 2 * ParametersLength;

    private int LossOffset => ScoresOffset + (BatchSize * OutputLength);

    public override LayerBuffers Scores => Layer(_trained.Length - 1);

    public override LayerBuffers Layer(int layer)
        => new(_trained[layer].Index, OutputLength, OutputLength, 1, ScoresOffset, ScoresOffset, false);

    public override void Initialize(Span<float> parameters, ulong seed)
    {
        parameters.Clear();
        foreach ((TensorSlot slot, (int layer, ParameterSpec spec)) in Tensors.Slots.Zip(_tensors))
        {
            if (spec.Initializer is { } initializer)
                ParameterInitializer.Fill(parameters, slot.Offset, slot.Matrix, spec.IsRecurrent ? RandomStreams.RecurrentLayer(layer) : layer, initializer, seed);
            else
                ParameterInitializer.Fill(parameters, slot.Offset, slot.Matrix, spec.Start);
            for (int gate = 0; gate < spec.GateStarts.Count; gate++)
                ParameterInitializer.FillGate(parameters, slot.Offset, slot.Matrix with { Gates = spec.GateStarts.Count }, gate, spec.GateStarts[gate]);
        }
    }

    public override void Predict(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace)
        => PredictBatch(parameters, input, scores, workspace);

    public override void PredictBatch(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace)
        => _reference.Predict(RowMajor(parameters), inputs).CopyTo(scores);

    public override float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<int> targets, Span<float> workspace)
    {
        PredictBatch(parameters, inputs, workspace[ScoresOffset..], workspace);
        return _reference.Loss(RowMajor(parameters), inputs, targets);
    }

    public override void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace)
        => workspace[(ParametersLength + TrainedLength)..ScoresOffset].CopyTo(parameters[TrainedLength..]);

    public override void RunPhase<TRule>(int phase, in TrainingPass<int> pass, in TRule rule, PhasePart part, ref float scratch)
    {
        Span<float> workspace = Span(ref pass.Workspace, TrainingWorkspaceLength);
        if (phase == 0)
            Backpropagate(pass, workspace);
        else
            Update(pass, rule, workspace, part);
    }

    public override float MeanLoss(in TrainingPass<int> pass) => Span(ref pass.Workspace, TrainingWorkspaceLength)[LossOffset];

    private void Backpropagate(in TrainingPass<int> pass, Span<float> workspace)
    {
        float[] rowMajor = RowMajor(Span(ref pass.Parameters, ParametersLength));
        Span<float> inputs = Span(ref pass.Inputs, (int)pass.Count * InputLength);
        (workspace[LossOffset], float[] gradients) = _reference.Backpropagate(rowMajor, inputs, pass.Targets, pass.Draw, pass.ClassWeights);
        ParameterPacking.Pack(Tensors, gradients, workspace[..ParametersLength]);
        _reference.Predict(rowMajor, inputs).CopyTo(workspace[ScoresOffset..]);

        _reference.UpdateRunningAverages(rowMajor, inputs, pass.Draw);
        ParameterPacking.Pack(Tensors, rowMajor, workspace[ParametersLength..ScoresOffset]);
    }

    private void Update<TRule>(in TrainingPass<int> pass, in TRule rule, ReadOnlySpan<float> gradients, PhasePart part)
        where TRule : struct, IUpdateRule<TRule>
    {
        Span<float> parameters = Span(ref pass.Parameters, ParametersLength);
        Span<float> state = Span(ref pass.State, TRule.StateCount * TrainedLength);
        float none = 0;
        int layer = _trained[part.Layer].Index;
        foreach (TensorSlot tensor in Tensors.Slots.Where(tensor => tensor.Layer == layer && tensor.IsTrained))
        {
            WorkRange range = WorkRange.Of(tensor.Matrix.Length, tile: 1, part.First, part.Count);
            for (int i = tensor.Offset + (int)range.Start; i < tensor.Offset + (int)range.End; i++)
            {
                ref float first = ref TRule.StateCount > 0 ? ref state[i] : ref none;
                ref float second = ref TRule.StateCount > 1 ? ref state[TrainedLength + i] : ref none;
                parameters[i] = rule.Update(parameters[i], gradients[i], ref first, ref second);
            }
        }
    }

    private float[] RowMajor(ReadOnlySpan<float> parameters)
    {
        float[] rowMajor = new float[Tensors.ParameterCount];
        ParameterPacking.Unpack(Tensors, parameters, rowMajor);
        return rowMajor;
    }

    private static Span<float> Span(ref float first, int length) => MemoryMarshal.CreateSpan(ref first, length);
}
