using System.Runtime.InteropServices;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Reference;
using NativeNet.Storage;

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

    public InterpretedNetwork(string json)
    {
        _spec = NetworkSpec.Parse(json);
        _reference = new ReferenceNetwork<float>(_spec);
        _trained = [.. _spec.Layers.Where(static layer => layer.Parameters.Count > 0)];
        _phases = [TrainingPhase.Rows(_spec.BatchSize), TrainingPhase.Update(_trained.Length)];
        Layout = ParameterLayout.Create(_spec);
    }

    public override string Json => NetworkJson.Write(_spec);

    public override string Plan => "none";

    public override ParameterLayout Layout { get; }

    public override int InputLength => _spec.Input.Length;

    public override int OutputLength => _spec.Output.Length;

    public override int BatchSize => _spec.BatchSize;

    public override int ParametersLength => Layout.Length;

    public override int TrainedLength => Layout.TrainedLength;

    public override int PredictWorkspaceLength => 0;

    public override int PredictBatchWorkspaceLength => 0;

    public override int TargetLength => 1;

    public override int TrainingWorkspaceLength => LossOffset + 1;

    public override int LayerCount => _trained.Length;

    public override ReadOnlySpan<TrainingPhase> Phases => _phases;

    public override int ScratchLength => 0;

    public override int ScratchOffset => 0;

    private int ScoresOffset => 2 * ParametersLength;

    private int LossOffset => ScoresOffset + (BatchSize * OutputLength);

    public override LayerBuffers Layer(int layer)
        => new(_trained[layer].Index, OutputLength, OutputLength, 1, ScoresOffset, ScoresOffset);

    public override void Initialize(Span<float> parameters, ulong seed)
    {
        parameters.Clear();
        foreach (ParameterTensor tensor in Layout.Tensors)
        {
            if (tensor.Spec.Initializer is { } initializer)
                ParameterInitializer.Fill(parameters, tensor.Offset, tensor.Matrix, tensor.LayerIndex, initializer, seed);
            else
                ParameterInitializer.Fill(parameters, tensor.Offset, tensor.Matrix, tensor.Spec.Start);
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
        (workspace[LossOffset], float[] gradients) = _reference.Backpropagate(rowMajor, inputs, pass.Targets, pass.Draw);
        ParameterPacking.Pack(Layout, gradients, workspace[..ParametersLength]);
        _reference.Predict(rowMajor, inputs).CopyTo(workspace[ScoresOffset..]);

        _reference.UpdateRunningAverages(rowMajor, inputs, pass.Draw);
        ParameterPacking.Pack(Layout, rowMajor, workspace[ParametersLength..ScoresOffset]);
    }

    private void Update<TRule>(in TrainingPass<int> pass, in TRule rule, ReadOnlySpan<float> gradients, PhasePart part)
        where TRule : struct, IUpdateRule<TRule>
    {
        Span<float> parameters = Span(ref pass.Parameters, ParametersLength);
        Span<float> state = Span(ref pass.State, TRule.StateCount * ParametersLength);
        float none = 0;
        foreach (ParameterTensor tensor in Layout.Tensors.Where(tensor => tensor.LayerIndex == _trained[part.Layer].Index && !tensor.Spec.IsGathered))
        {
            WorkRange range = WorkRange.Of(tensor.Matrix.Length, tile: 1, part.First, part.Count);
            for (int i = tensor.Offset + (int)range.Start; i < tensor.Offset + (int)range.End; i++)
            {
                ref float first = ref TRule.StateCount > 0 ? ref state[i] : ref none;
                ref float second = ref TRule.StateCount > 1 ? ref state[ParametersLength + i] : ref none;
                parameters[i] = rule.Update(parameters[i], gradients[i], ref first, ref second);
            }
        }
    }

    private float[] RowMajor(ReadOnlySpan<float> parameters)
    {
        float[] rowMajor = new float[Layout.ParameterCount];
        ParameterPacking.Unpack(Layout, parameters, rowMajor);
        return rowMajor;
    }

    private static Span<float> Span(ref float first, int length) => MemoryMarshal.CreateSpan(ref first, length);
}
