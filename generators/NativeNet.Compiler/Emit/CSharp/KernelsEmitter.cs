using NativeNet.Compiler.Emit.CSharp.Dense;
using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the code of one vector width: the procedures' steps first, then the methods they call, in order.</summary>
internal sealed class KernelsEmitter
{
    private readonly SourceWriter _writer;
    private readonly Program _program;
    private readonly int _widthIndex;
    private readonly VectorWidth _width;
    private readonly LayerMethods _methods;
    private readonly Dictionary<int, LayerEmitter> _layers;

    public KernelsEmitter(SourceWriter writer, Program program, int widthIndex)
    {
        _writer = writer;
        _program = program;
        _widthIndex = widthIndex;
        _width = program.Target.Widths[widthIndex];
        _methods = new LayerMethods(widthIndex, program.BlockSize);
        _layers = program.Layers.ToDictionary(static layer => layer.Spec.Index, layer => _methods.Add(writer, layer, own => own.EmitMethods(program.Trains)));
    }

    /// <summary>The class of a width, for example <c>Kernels512</c>.</summary>
    public static string ClassName(VectorWidth width) => FormattableString.Invariant($"Kernels{width.Bits}");

    public void Emit()
    {
        _writer.Write($"/// <summary>The network in {_width.Bits}-bit vectors.</summary>");
        _writer.Write(GeneratedNames.Attributes);
        using (_writer.BeginBlock($"internal static class {ClassName(_width)}"))
        {
            EmitPredict();
            EmitPredictBatch();
            if (_program.Trains)
                EmitTraining();

            foreach (Stretch stretch in _program.Process?.Stretches ?? default)
                new ProcessEmitter(_writer, stretch, _methods).Emit();
            _methods.Emit(_writer);
        }
    }

    private void EmitTraining()
    {
        EmitEvaluate();
        if (_program.TrainsOtherwise)
            EmitTrainRows();
        else
            EmitBackward();
        if (_program.HasStatistics)
            EmitTrainStatistics();
        EmitUpdate();
    }

    private string PassType => $"TrainingPass<{SurfaceEmitter.TargetType(_program.Spec.Loss)}>";

    /// <summary>One sample: a method a layer, or everything in one where the network is tiny.</summary>
    private void EmitPredict()
    {
        bool tiny = _program.IsTiny(_widthIndex);
        _writer.Write($"/// <summary>One sample{(tiny ? ", in a straight line" : "")}.</summary>");
        using (_writer.BeginBlock("internal static void Predict(ref float inputs, ref float parameters, ref float workspace)"))
        {
            if (tiny)
                new StraightLineEmitter(_writer, _program, _widthIndex).Emit();
            else
                EmitPrediction(_program.Predict, EmitSingle);
        }
    }

    private void EmitPredictBatch()
    {
        _writer.Blank();
        _writer.Write("/// <summary>The samples of one block.</summary>");
        using (_writer.BeginBlock("internal static void PredictBatch(ref float inputs, ref float parameters, ref float workspace, nuint count)"))
            EmitPrediction(_program.PredictBatch, call => EmitCall(call, Place, "parameters", "count"));
    }

    /// <summary>The steps of a prediction, but for the last, which hands out the scores and is the caller's.</summary>
    private static void EmitPrediction(Procedure procedure, Action<Call> emit)
    {
        foreach (Call call in procedure.Calls.Where(static call => call.Writes[0].Buffer != Planning.Buffer.Scores))
            emit(call);
    }

    private void EmitSingle(Call call)
    {
        if (call.Op.Layer is null)
            _writer.Write($"Blocks.Copy(ref {Place(call.Reads[0])}, ref {Place(call.Writes[0])}, InputLength);");
        else
            LayerOf(call).EmitSingle(Inputs(call, Place), Place(call.Writes[call.Writes.Count - 1]), Place(call.Writes[0]));
    }

    private void EmitEvaluate()
    {
        _writer.Blank();
        _writer.Write("/// <summary>Forward with the outputs of every layer kept, then the losses and the gradient of the scores.</summary>");
        using (_writer.BeginBlock($"internal static void Evaluate(in {PassType} pass, nuint row, nuint rows, float reciprocal, ref float tile)"))
        {
            _writer.Write("ref float workspace = ref pass.Workspace;");
            EmitRows(_program.Loss.Phases.First().Steps);
        }
    }

    private void EmitBackward()
    {
        _writer.Blank();
        _writer.Write("/// <summary>From the gradient of the scores to the gradient of every layer's sums, block by block.</summary>");
        using (_writer.BeginBlock($"internal static void Backward(in {PassType} pass, nuint row, nuint rows)"))
        {
            _writer.Write("ref float workspace = ref pass.Workspace;");
            EmitRows(_program.TrainStep.Phases.First().Steps.Skip(_program.Loss.Phases.First().Steps.Count));
        }
    }

    /// <summary>Forward and backward as training does them, cut where rows wait for the whole batch.</summary>
    private void EmitTrainRows()
    {
        _writer.Blank();
        _writer.Write("/// <summary>Forward, losses and backward, as far as rows go without the sums over the batch.</summary>");
        using (_writer.BeginBlock($"internal static void TrainRows(in {PassType} pass, int stage, nuint row, nuint rows, float reciprocal, ref float tile)"))
        {
            _writer.Write("ref float workspace = ref pass.Workspace;");
            EmitStages(PhaseKind.Rows, phase => EmitRows(phase.Steps));
        }
    }

    private void EmitTrainStatistics()
    {
        _writer.Blank();
        _writer.Write("/// <summary>A share of the sums over the batch that the next stage of the rows needs.</summary>");
        using (_writer.BeginBlock($"internal static void TrainStatistics(in {PassType} pass, int stage, int part, int parts)"))
        {
            _writer.Write("ref float workspace = ref pass.Workspace;");
            EmitStages(PhaseKind.Statistics, phase =>
            {
                foreach (Call call in phase.Calls)
                    LayerOf(call).EmitStatistics(Declared(call, Place), call.Op.Kind == OpKind.GradientStatistics);
            });
        }
    }

    /// <summary>A case for each phase of a kind; a stage is numbered by the sums over the batch before it.</summary>
    private void EmitStages(PhaseKind kind, Action<Phase> emit)
    {
        Phase[] phases = [.. _program.TrainStep.Phases.Where(static phase => phase.Kind != PhaseKind.Update)];
        using (_writer.BeginBlock("switch (stage)"))
        {
            for (int i = 0; i < phases.Length; i++)
            {
                if (phases[i].Kind != kind)
                    continue;

                int stage = phases.Take(i).Count(static phase => phase.Kind == PhaseKind.Statistics);
                string comment = kind == PhaseKind.Rows ? " // " + Describe(phases, i) : "";
                _writer.Write(FormattableString.Invariant($"case {stage}:{comment}"));
                using (_writer.Indent())
                {
                    emit(phases[i]);
                    _writer.Write("break;");
                }
            }
        }
    }

    /// <summary>What a stage of the rows does, from where to where.</summary>
    private string Describe(Phase[] phases, int place)
    {
        string Waiting(int i) => i >= 0 && i < phases.Length && phases[i].Kind == PhaseKind.Statistics ? _program.LayerOf(phases[i].Calls.First().Op).Name : "";
        string from = Waiting(place - 1), to = Waiting(place + 1);
        from = from.Length > 0 ? " from " + from : "";
        to = to.Length > 0 ? " to " + to : "";
        bool hasLoss = phases[place].Calls.Any(static call => call.Op.Kind == OpKind.Loss);
        bool isForward = phases.Skip(place + 1).Any(static phase => phase.Calls.Any(static call => call.Op.Kind == OpKind.Loss));
        return hasLoss ? $"forward{from}, losses, backward{to}" : isForward ? $"forward{from}{to}" : $"backward{from}{to}";
    }

    private void EmitUpdate()
    {
        _writer.Blank();
        _writer.Write("/// <summary>A share of one layer's weight gradient, applied by the rule as it is finished; one share has the biases.</summary>");
        _writer.Write($"internal static void Update<TRule>(in {PassType} pass, in TRule rule, int layer, int part, int parts, ref float tile)");
        using (_writer.BeginBlock("    where TRule : struct, IUpdateRule<TRule>"))
        {
            _writer.Write("ref float workspace = ref pass.Workspace;");
            using (_writer.BeginBlock("switch (layer)"))
            {
                int number = 0;
                foreach (Call call in _program.TrainStep.Calls.Where(static call => call.Op.Kind == OpKind.Update).OrderBy(static call => call.Op.Layer!.Index))
                {
                    _writer.Write($"case {number++}:");
                    using (_writer.Indent())
                    {
                        LayerOf(call).EmitUpdate(Declared(call, view => view.IsInput ? "pass.Inputs" : Place(view)));
                        _writer.Write("break;");
                    }
                }
            }
        }
    }

    /// <summary>Steps over the rows from <c>row</c> on: calls on all of them, and loops over their blocks.</summary>
    private void EmitRows(IEnumerable<Step> steps)
    {
        foreach (Step step in steps)
        {
            if (step is Call call)
            {
                EmitCall(call, At("row"), "pass.Parameters", "rows");
                continue;
            }

            EquatableArray<Call> calls = ((ForBlocks)step).Calls;
            using (BeginBlocks())
            {
                foreach (Call inner in calls)
                    EmitCall(inner, At("block"), "pass.Parameters", "count");
            }

            if (!calls.Any(static inner => inner.Op.Kind is OpKind.Loss or OpKind.Backward))
                _writer.Blank();
        }
    }

    private void EmitCall(Call call, Func<View, string> place, string parameters, string count)
    {
        Func<View, string> declared = Declared(call, place);
        string output = place(call.Writes[0]), sums = place(call.Writes[call.Writes.Count - 1]);
        switch (call.Op.Kind)
        {
            case OpKind.Copy:
                EmitConversion(call.Reads[0], call.Writes[0], place);
                break;
            case OpKind.Forward:
                LayerOf(call).EmitForward(Inputs(call, place), sums, output, parameters, count);
                break;
            case OpKind.TrainingForward:
                LayerOf(call).EmitTrainingForward(Inputs(call, place), sums, output, parameters, count);
                break;
            case OpKind.Loss:
                EmitLoss(call, place);
                break;
            case OpKind.Backward:
                LayerOf(call).EmitBackward(declared);
                break;
            default:
                throw new ArgumentException($"{call.Op.Kind} is no operation on rows.", nameof(call));
        }
    }

    private void EmitLoss(Call call, Func<View, string> place)
    {
        (View scores, View gradient, View losses) = (call.Reads[0], call.Writes[0], call.Writes[1]);
        string turned = call.Writes.Count == 2 ? "" : FormattableString.Invariant($", {scores.Stride}, {Math.Min(scores.Stride, call.Writes[2].Stride)}, ref {place(call.Writes[2])}");
        _writer.Write($"LossBuffers batch = new(ref {place(scores)}{turned}, ref {place(gradient)}, ref tile, ref Unsafe.Add(ref workspace, {losses.Buffer} + block), {_program.BlockSize}, OutputLength, count, reciprocal);");
        string weights = _program.Spec.Loss == LossKind.SoftmaxCrossEntropy ? ", pass.ClassWeights" : "";
        _writer.Write($"{_program.Spec.Loss!.Value.ToString()}Loss.Evaluate<{_width.LaneType(_program.BlockSize)}>(batch, pass.Targets.Slice((int)block * TargetLength, (int)count * TargetLength){weights});");
    }

    private void EmitConversion(View from, View to, Func<View, string> place)
    {
        bool isToBlocks = to.Form == SampleForm.Blocks;
        (View rows, View blocks) = isToBlocks ? (from, to) : (to, from);
        _writer.Write($"Transpose.{(isToBlocks ? "ToBlock" : "ToRows")}(ref {place(rows)}, {rows.Stride}, ref {place(blocks)}, {_program.BlockSize}, {blocks.Length}, count);");
    }

    /// <summary>The loop over blocks; a part may begin and end in the middle of one.</summary>
    private SourceWriter.Block BeginBlocks()
    {
        int size = _program.BlockSize;
        if (!IsCut)
        {
            SourceWriter.Block whole = _writer.BeginBlock($"for (nuint block = row; block < row + rows; block += {size})");
            _writer.Write($"nuint count = nuint.Min({size}, row + rows - block);");
            return whole;
        }

        SourceWriter.Block loop = _writer.BeginBlock("for (nuint block = row, count; block < row + rows; block += count)");
        _writer.Write($"nuint lane = block % {size};");
        _writer.Write($"count = nuint.Min({size} - lane, row + rows - block);");
        return loop;
    }

    private bool IsCut => _program.PartSize < _program.BlockSize;

    private LayerEmitter LayerOf(Call call) => _layers[call.Op.Layer!.Index];

    private string[] Inputs(Call call, Func<View, string> place)
        => [.. call.Reads.Take(_program.LayerOf(call.Op).Views.Inputs.Count).Select(place)];

    /// <summary>Lets an emitter see nothing but what its call is planned to touch.</summary>
    private static Func<View, string> Declared(Call call, Func<View, string> place) => view
        => call.Reads.Contains(view) || call.Writes.Contains(view)
            ? place(view)
            : throw new ArgumentException($"{call.Op.Layer?.Type} {call.Op.Kind} is not planned to touch {view.Value}.", nameof(view));

    /// <summary>The references to values from a sample on: in rows any, in blocks the first of a loop's turn.</summary>
    private Func<View, string> At(string sample) => view => view.IsInput
        ? FormattableString.Invariant($"Unsafe.Add(ref pass.Inputs, {sample} * {view.Stride})")
        : view.Form == SampleForm.Blocks && IsCut
            ? FormattableString.Invariant($"Unsafe.Add(ref workspace, {Start(view)} + (({sample} - lane) * {view.Stride}) + lane)")
            : FormattableString.Invariant($"Unsafe.Add(ref workspace, {Start(view)} + ({sample} * {view.Stride}))");

    /// <summary>The reference to a value from its first float on.</summary>
    private string Place(View view) => view.IsInput ? "inputs" : $"Unsafe.Add(ref workspace, {Start(view)})";

    /// <summary>The floats in front of a value.</summary>
    private string Start(View view)
    {
        int offset = view.Form == SampleForm.Blocks ? view.Offset * _program.BlockSize : view.Offset;
        return offset == 0 ? view.Buffer : FormattableString.Invariant($"{view.Buffer} + {offset}");
    }
}
