using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;
using NativeNet.Runtime.Layers;
using NativeNet.Runtime.Memory;
using Buffer = NativeNet.Compiler.Planning.Buffer;
using PhaseKind = NativeNet.Compiler.Planning.PhaseKind;
using PlannedProgram = NativeNet.Compiler.Planning.Program;

namespace NativeNet.Runtime;

/// <summary>Executes a program's steps with kernels of run-time sizes, at one vector width.</summary>
/// <remarks>Everything is found when it is made; what it does afterwards allocates nothing, and any number of threads may use it.</remarks>
internal sealed class ProgramRunner
{
    private readonly PlannedProgram _program;
    private readonly int _inputLength, _outputLength, _lossTerms;
    private readonly RowsCall[] _predict, _predictBatch, _runningAverages;
    private readonly Place _singleScores, _batchScores, _rowLosses;
    private readonly RowSteps? _loss;
    private readonly RowSteps?[] _rows;
    private readonly PartCall?[] _statistics;
    private readonly int[] _firstUpdated;
    private readonly LayerRunner[] _updated;
    private readonly Place[][] _updateReads;

    private ProgramRunner(PlannedProgram program, Func<LayerPlan, LayerRunner> create, Func<Call, PlaceTable, RowsCall> createLoss)
    {
        _program = program;
        (_inputLength, _outputLength, _lossTerms) = (program.Spec.Input.Length, program.Spec.Output.Length, program.Spec.TargetLength);
        Dictionary<int, LayerRunner> layers = program.Layers.ToDictionary(static layer => layer.Spec.Index, create);
        var binding = new CallBinding(program, layers, createLoss);

        var single = new PlaceTable(program.Predict.Workspace, block: 1);
        _predict = [.. program.Predict.Calls.Where(IsNotScores).Select(call => binding.Single(call, single))];
        _singleScores = single.Of(program.SingleScores);
        var batch = new PlaceTable(program.PredictBatch.Workspace, program.BlockSize);
        _predictBatch = [.. program.PredictBatch.Calls.Where(IsNotScores).Select(call => binding.Rows(call, batch))];
        _batchScores = batch.Of(program.BatchScores);

        Streaming = program.Process is { } process ? new StreamingProgram(program, process, create) : null;
        Phase[] phases = [.. program.TrainStep.Phases];
        (_rows, _statistics, _runningAverages, _updated, _updateReads) = ([], [], [], [], []);
        _firstUpdated = [.. phases.Select(phase => phase.Kind == PhaseKind.Update ? program.FirstUpdated(phase) : 0)];
        Phases = [];
        if (!program.Trains)
            return;

        var training = new PlaceTable(program.TrainStep.Workspace, program.BlockSize);
        Phases = [.. phases.Select(phase => Describe(phase, training))];
        ScratchOffset = training[Planner.UpdateTile];
        _rowLosses = new Place(false, training[Planner.RowLosses], 1, 1);
        _loss = binding.Steps(program.Loss.Phases.First().Steps, training);
        _rows = [.. phases.Select(phase => phase.Kind == PhaseKind.Rows ? binding.Steps(phase.Steps, training) : null)];
        _statistics = [.. phases.Select(phase => phase.Kind == PhaseKind.Statistics ? binding.Statistics(phase.Calls.Single(), training) : null)];
        Call[] updates = [.. program.TrainStep.Calls.Where(static call => call.Op.Kind == OpKind.Update).OrderBy(static call => call.Op.Layer!.Index)];
        _updated = [.. updates.Select(call => layers[call.Op.Layer!.Index])];
        _updateReads = [.. updates.Select(call => call.Reads.Select(training.Of).ToArray())];
        _runningAverages = [.. program.TrainStep.Calls.Where(static call => call.Op.Kind == OpKind.RunningAverages).Select(call => binding.RunningAverages(call, training))];
        Scores = Describe(program.Last, training);
        Layers = [.. program.Trained.Select(layer => Describe(layer, training))];
    }

    /// <summary>The phases of a training step.</summary>
    public TrainingPhase[] Phases { get; }

    /// <summary>Where the scratch of the caller's thread begins.</summary>
    public int ScratchOffset { get; }

    /// <summary>Where watched values lie: one entry a layer with parameters.</summary>
    public LayerBuffers[] Layers { get; } = [];

    /// <summary>What takes a signal frame by frame; null where the program is not causal.</summary>
    public StreamingNetwork? Streaming { get; }

    /// <summary>Where the last layer's values lie.</summary>
    public LayerBuffers Scores { get; }

    /// <summary>Makes a program ready to run.</summary>
    /// <param name="program">The program.</param>
    /// <param name="bits">The widest vectors to use; blocks of few samples take narrower ones.</param>
    public static ProgramRunner Create(PlannedProgram program, int bits)
    {
        int lanes = Math.Min(bits / 32, program.BlockSize);
        if (Vector512.IsHardwareAccelerated && lanes >= Lanes512.Count)
            return Create<Lanes512>(program);
        if (Vector256.IsHardwareAccelerated && lanes >= Lanes256.Count)
            return Create<Lanes256>(program);
        return Create<Lanes128>(program);
    }

    /// <summary>The scores of one sample.</summary>
    public void Predict(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> scores, Span<float> workspace)
        => Predict(_predict, _singleScores, parameters, input, scores, workspace, 1);

    /// <summary>The scores of some samples.</summary>
    public void PredictBatch(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace)
    {
        int count = inputs.Length / _inputLength;
        for (int sample = 0; sample < count; sample += _program.BlockSize)
        {
            int samples = Math.Min(_program.BlockSize, count - sample);
            Predict(
                _predictBatch, _batchScores, parameters, inputs.Slice(sample * _inputLength, samples * _inputLength),
                scores.Slice(sample * _outputLength, samples * _outputLength), workspace, samples);
        }
    }

    /// <summary>Leaves one loss a sample in the workspace, and the outputs of every layer.</summary>
    public void Evaluate(in RunMemory memory) => _loss!.Run(memory);

    /// <summary>A part of a phase of a training step.</summary>
    public void RunPhase<TRule>(int phase, in RunMemory memory, in TRule rule, PhasePart part)
        where TRule : struct, IUpdateRule<TRule>
    {
        int layer = _firstUpdated[phase] + part.Layer;
        if (_rows[phase] is { } rows)
            rows.Run(memory.At((nuint)part.First, (nuint)part.Count));
        else if (_statistics[phase] is { } statistics)
            statistics(memory, part);
        else
            _updated[layer].Update(_updateReads[layer], memory, in rule, part);
    }

    /// <summary>Moves the running averages.</summary>
    public void UpdateRunningAverages(in RunMemory memory)
    {
        foreach (RowsCall call in _runningAverages)
            call(memory);
    }

    /// <summary>The mean of what <see cref="Evaluate"/> or the rows of a step have left.</summary>
    public float MeanLoss(in RunMemory memory)
        => Rows.Mean(ref _rowLosses.In(memory.At(0, memory.BatchCount)), memory.BatchCount, LossRunner.Reciprocal(_lossTerms, memory.BatchCount));

    private static ProgramRunner Create<TLanes>(PlannedProgram program)
        where TLanes : struct, ILanes<TLanes>
        => new(
            program,
            layer => LayerRunnerTable<TLanes>.Create(layer, program.BlockSize, program.Parameters.TrainedLength),
            (call, places) => LossRunner.Create<TLanes>(program.Spec, call, places, program.BlockSize));

    private static bool IsNotScores(Call call) => call.Writes[0].Buffer != Buffer.Scores;

    private static void Predict(
        RowsCall[] calls, Place result, ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> scores, Span<float> workspace, int count)
    {
        ref float buffers = ref MemoryMarshal.GetReference(workspace);
        RunMemory memory = new RunMemory(
            ref MemoryMarshal.GetReference(inputs), ref MemoryMarshal.GetReference(parameters), ref Unsafe.NullRef<float>(), ref buffers, ref Unsafe.NullRef<float>())
            .At(0, (nuint)count);
        foreach (RowsCall call in calls)
            call(memory);
        Rows.Copy(ref result.In(memory), result.Stride, scores, scores.Length / count);
    }

    private TrainingPhase Describe(Phase phase, PlaceTable places)
    {
        return phase.Kind switch
        {
            PhaseKind.Rows => TrainingPhase.Rows(_program.PartSize, Values(_program.ResultsOf(phase))),
            PhaseKind.Statistics => TrainingPhase.Statistics(),
            _ => TrainingPhase.Update([.. phase.Calls.Select(Update)]),
        };

        UpdateLayer Update(Call call) => _program.HandsSumsOn(call)
            ? UpdateLayer.OfSums(PlannedProgram.ParametersOf(call))
            : new UpdateLayer(_program.WorkOf(call), Values(call.WorkspaceReads));

        BatchValue[] Values(IEnumerable<View> views) => [.. views.Select(view => new BatchValue(places[view.Buffer], view.Stride))];
    }

    private int Watched(View view, PlaceTable places) => _program.TrainStep.Leaves(view) ? places[view.Buffer] : -1;

    private LayerBuffers Describe(LayerPlan layer, PlaceTable places) => new(
        layer.Spec.Index, layer.Spec.Output.Length, layer.Views.Output.Stride,
        layer.Views.Output.Form == SampleForm.Rows ? 1 : _program.BlockSize,
        Watched(layer.Views.Output, places), Watched(layer.SumGradient, places),
        layer.Spec is IActivatedLayer { Activation.Kind: ActivationKind.Relu });
}
