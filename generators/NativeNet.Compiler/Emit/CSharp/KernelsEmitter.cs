using NativeNet.Compiler.Emit.CSharp.Dense;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the code of one vector width: the passes first, then every step they call, in order.</summary>
/// <remarks>Over 300 lines, because all passes walk the same list of layers: apart, they would drift.</remarks>
internal sealed class KernelsEmitter
{
    private readonly SourceWriter _writer;
    private readonly ExecutionPlan _plan;
    private readonly int _widthIndex;
    private readonly VectorWidth _width;
    private readonly LayerEmitter[] _layers;

    public KernelsEmitter(SourceWriter writer, ExecutionPlan plan, int widthIndex)
    {
        _writer = writer;
        _plan = plan;
        _widthIndex = widthIndex;
        _width = VectorWidth.All[widthIndex];
        _layers = [.. plan.Layers.Select(layer => LayerEmitter.Create(writer, plan, layer, widthIndex))];
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
            EmitEvaluate();
            if (_plan.TrainsOtherwise)
                EmitTrainRows();
            else
                EmitBackward();
            if (_plan.Waiting.Count > 0)
                EmitTrainStatistics();
            EmitUpdate();

            foreach (LayerEmitter layer in _layers)
                layer.EmitMethods();
        }
    }

    private string PassType => $"TrainingPass<{SurfaceEmitter.TargetType(_plan.Spec.Loss)}>";

    private bool CopiesInput => _plan.SingleBuffers.Buffers.Any(static buffer => buffer.Name == ExecutionNames.SingleInput);

    /// <summary>One sample: a method a layer, or everything in one where the network is tiny.</summary>
    private void EmitPredict()
    {
        bool tiny = _plan.IsTiny(_widthIndex);
        _writer.Write($"/// <summary>One sample{(tiny ? ", in a straight line" : "")}.</summary>");
        using (_writer.BeginBlock("internal static void Predict(ref float inputs, ref float parameters, ref float workspace)"))
        {
            if (tiny)
            {
                new StraightLineEmitter(_writer, _plan, _widthIndex).Emit();
                return;
            }

            if (CopiesInput)
                _writer.Write($"Blocks.Copy(ref inputs, ref {Buffer(ExecutionNames.SingleInput)}, InputLength);");
            for (int i = 0; i < _layers.Length; i++)
            {
                LayerWires wires = _plan.Layers[i].Wires;
                _layers[i].EmitSingle([.. wires.Inputs.Select(Place)], Place(wires.Output));
            }
        }

        string Place(Value value) => value.Source < 0
            ? CopiesInput ? Buffer(ExecutionNames.SingleInput) : "inputs"
            : Buffer(ExecutionNames.Single(_plan.Layers.First(layer => layer.Spec.Index == value.Source).Wires.Output));
    }

    private void EmitPredictBatch()
    {
        _writer.Blank();
        _writer.Write("/// <summary>The samples of one block.</summary>");
        using (_writer.BeginBlock("internal static void PredictBatch(ref float inputs, ref float parameters, ref float workspace, nuint count)"))
        {
            EmitConversion(_plan.Input, _plan.InputInBlocks, Place);
            for (int i = 0; i < _layers.Length; i++)
            {
                LayerWires wires = _plan.Layers[i].Wires;
                _layers[i].EmitForward([.. wires.Inputs.Select(Place)], Place(wires.Output), Place(wires.Output), "parameters", "count");
                EmitConversion(wires.Output, wires.Converted, Place);
            }
        }

        string Place(Value value) => value.Name.Length == 0 ? "inputs" : Buffer(ExecutionNames.Batch(value));
    }

    private void EmitEvaluate()
    {
        _writer.Blank();
        _writer.Write("/// <summary>Forward with the outputs of every layer kept, then the losses and the gradient of the scores.</summary>");
        using (_writer.BeginBlock($"internal static void Evaluate(in {PassType} pass, nuint row, nuint rows, float reciprocal, ref float tile)"))
        {
            _writer.Write("ref float workspace = ref pass.Workspace;");
            EmitForward(0, _layers.Length, isTraining: false);
            using (BeginBlocks())
                EmitLoss();
        }
    }

    /// <summary>The layers from first to end: those on rows take them all at once; those on blocks follow each other while a block is in the cache.</summary>
    private void EmitForward(int first, int end, bool isTraining)
    {
        int next = first;
        bool isConverted = first > 0 || _plan.InputInBlocks is null;
        while (next < end || !isConverted)
        {
            if (isConverted && _plan.Layers[next].Wires.Output.Form == SampleForm.Rows)
            {
                EmitForward(next, "row", "rows", isTraining);
                isConverted = _plan.Layers[next].Wires.Converted is null;
                next++;
                continue;
            }

            using (BeginBlocks())
            {
                if (!isConverted && next == 0)
                    EmitConversion(_plan.Input, _plan.InputInBlocks, At("block"));
                else if (!isConverted)
                    EmitConversion(_plan.Layers[next - 1].Wires.Output, _plan.Layers[next - 1].Wires.Converted, At("block"));
                isConverted = true;

                for (; next < end && _plan.Layers[next].Wires.Output.Form == SampleForm.Blocks; next++)
                {
                    EmitForward(next, "block", "count", isTraining);
                    EmitConversion(_plan.Layers[next].Wires.Output, _plan.Layers[next].Wires.Converted, At("block"));
                }
            }

            _writer.Blank();
        }
    }

    private void EmitForward(int layer, string sample, string count, bool isTraining)
    {
        LayerWires wires = _plan.Layers[layer].Wires;
        string[] inputs = [.. wires.Inputs.Select(At(sample))];
        string sums = At(sample)(wires.Kept), output = At(sample)(wires.Output);
        if (isTraining)
            _layers[layer].EmitTrainingForward(inputs, sums, output, "pass.Parameters", count);
        else
            _layers[layer].EmitForward(inputs, sums, output, "pass.Parameters", count);
    }

    private void EmitLoss()
    {
        Value scores = _plan.Last.Wires.Output;
        Func<Value, string> place = At("block");
        _writer.Write($"LossBuffers batch = new(ref {place(scores)}, {scores.Stride}, {Math.Min(scores.Stride, _plan.Scores.Stride)}, ref {place(_plan.Scores)}, ref {place(_plan.Last.Wires.Incoming)}, ref tile, ref Unsafe.Add(ref workspace, {Planner.RowLosses} + block), {_plan.BlockSize}, OutputLength, count, reciprocal);");
        _writer.Write($"{_plan.Spec.Loss.ToString()}Loss.Evaluate<{_width.LaneType(_plan.BlockSize)}>(batch, pass.Targets.Slice((int)block * TargetLength, (int)count * TargetLength));");
    }

    private void EmitBackward()
    {
        _writer.Blank();
        _writer.Write("/// <summary>From the gradient of the scores to the gradient of every layer's sums, block by block.</summary>");
        using (_writer.BeginBlock($"internal static void Backward(in {PassType} pass, nuint row, nuint rows)"))
        {
            _writer.Write("ref float workspace = ref pass.Workspace;");
            EmitBackward(_layers.Length, 0);
        }
    }

    /// <summary>The layers below end down to first, block by block.</summary>
    private void EmitBackward(int end, int first)
    {
        using (BeginBlocks())
        {
            for (int i = end - 1; i >= first; i--)
                _layers[i].EmitBackward(At("block"));
        }
    }

    /// <summary>Forward and backward as training does them, cut where rows wait for the whole batch.</summary>
    private void EmitTrainRows()
    {
        // Forward stages end before a waiting layer, backward ones behind it; the stage in the middle has the loss.
        int waiting = _plan.Waiting.Count;
        int[] cuts = [0, .. _plan.Waiting, _layers.Length];
        _writer.Blank();
        _writer.Write("/// <summary>Forward, losses and backward, as far as rows go without the sums over the batch.</summary>");
        using (_writer.BeginBlock($"internal static void TrainRows(in {PassType} pass, int stage, nuint row, nuint rows, float reciprocal, ref float tile)"))
        {
            _writer.Write("ref float workspace = ref pass.Workspace;");
            using (_writer.BeginBlock("switch (stage)"))
            {
                for (int stage = 0; stage <= 2 * waiting; stage++)
                {
                    _writer.Write(FormattableString.Invariant($"case {stage}: // {Describe(stage)}"));
                    using (_writer.Indent())
                    {
                        if (stage <= waiting)
                            EmitForward(cuts[stage], cuts[stage + 1], isTraining: true);
                        if (stage == waiting)
                        {
                            using (BeginBlocks())
                                EmitLoss();
                        }

                        if (stage >= waiting)
                            EmitBackward(stage == waiting ? _layers.Length : cuts[(2 * waiting) - stage + 1] + 1, BackwardEnd(stage));
                        _writer.Write("break;");
                    }
                }
            }
        }

        string Describe(int stage)
        {
            string from = stage is 0 || stage > waiting ? "" : " from " + _plan.Layers[cuts[stage]].Name;
            string to = stage >= waiting ? "" : " to " + _plan.Layers[cuts[stage + 1]].Name;
            string backFrom = stage <= waiting ? "" : " from " + _plan.Layers[cuts[(2 * waiting) - stage + 1]].Name;
            string backTo = stage < waiting || stage == 2 * waiting ? "" : " to " + _plan.Layers[cuts[(2 * waiting) - stage]].Name;
            return stage < waiting ? $"forward{from}{to}"
                : stage == waiting ? $"forward{from}, losses, backward{backTo}"
                : $"backward{backFrom}{backTo}";
        }

        // Down to the layer behind the next waiting one, or to the first of all.
        int BackwardEnd(int stage) => stage == 2 * waiting ? 0 : cuts[(2 * waiting) - stage] + 1;
    }

    private void EmitTrainStatistics()
    {
        int waiting = _plan.Waiting.Count;
        _writer.Blank();
        _writer.Write("/// <summary>A share of the sums over the batch that the next stage of the rows needs.</summary>");
        using (_writer.BeginBlock($"internal static void TrainStatistics(in {PassType} pass, int stage, int part, int parts)"))
        {
            _writer.Write("ref float workspace = ref pass.Workspace;");
            using (_writer.BeginBlock("switch (stage)"))
            {
                for (int stage = 0; stage < 2 * waiting; stage++)
                {
                    bool isBackward = stage >= waiting;
                    LayerEmitter layer = _layers[_plan.Waiting[isBackward ? (2 * waiting) - 1 - stage : stage]];
                    _writer.Write(FormattableString.Invariant($"case {stage}:"));
                    using (_writer.Indent())
                    {
                        layer.EmitStatistics(static value => Buffer(value.Name), isBackward);
                        _writer.Write("break;");
                    }
                }
            }
        }
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
                for (int i = 0; i < _layers.Length; i++)
                {
                    if (!_plan.Layers[i].HasParameters)
                        continue;

                    _writer.Write($"case {number++}:");
                    using (_writer.Indent())
                    {
                        _layers[i].EmitUpdate(static value => value.Name.Length == 0 ? "pass.Inputs" : Buffer(value.Name));
                        _writer.Write("break;");
                    }
                }
            }
        }
    }

    /// <summary>The loop over blocks; a share may begin and end in the middle of one.</summary>
    private SourceWriter.Block BeginBlocks()
    {
        int size = _plan.BlockSize;
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

    private bool IsCut => _plan.ShareSize < _plan.BlockSize;

    private void EmitConversion(Value value, Value? converted, Func<Value, string> place)
    {
        if (converted is null)
            return;

        string turn = converted.Form == SampleForm.Blocks ? "ToBlock" : "ToRows";
        (Value rows, Value blocks) = converted.Form == SampleForm.Blocks ? (value, converted) : (converted, value);
        _writer.Write($"Transpose.{turn}(ref {place(rows)}, {rows.Stride}, ref {place(blocks)}, {_plan.BlockSize}, {blocks.Stride}, count);");
    }

    /// <summary>The references to values from a sample on: in rows any, in blocks the first of a loop's turn.</summary>
    private Func<Value, string> At(string sample) => value => value.Name.Length == 0
        ? FormattableString.Invariant($"Unsafe.Add(ref pass.Inputs, {sample} * {value.Stride})")
        : value.Form == SampleForm.Blocks && IsCut
            ? FormattableString.Invariant($"Unsafe.Add(ref workspace, {value.Name} + (({sample} - lane) * {value.Stride}) + lane)")
            : FormattableString.Invariant($"Unsafe.Add(ref workspace, {value.Name} + ({sample} * {value.Stride}))");

    private static string Buffer(string name) => $"Unsafe.Add(ref workspace, {name})";
}
