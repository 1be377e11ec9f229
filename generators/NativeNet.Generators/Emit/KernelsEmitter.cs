using NativeNet.Generators.Emit.Dense;
using NativeNet.Generators.Planning;

namespace NativeNet.Generators.Emit;

/// <summary>Writes the code of one vector width: the three passes first, then every step they call, in order.</summary>
internal sealed class KernelsEmitter(SourceWriter writer, ExecutionPlan plan, int widthIndex)
{
    private readonly VectorWidth _width = VectorWidth.All[widthIndex];

    /// <summary>The nested class of a width, for example <c>Kernels512</c>.</summary>
    public static string ClassName(VectorWidth width) => FormattableString.Invariant($"Kernels{width.Bits}");

    public void Emit()
    {
        writer.Write($"/// <summary>The network in {_width.Bits}-bit vectors.</summary>");
        using (writer.BeginBlock($"private static class {ClassName(_width)}"))
        {
            EmitPredict();
            EmitPredictBatch();
            EmitEvaluate();
            EmitBackward();
            EmitUpdate();

            foreach (DensePlan layer in plan.Layers)
                EmitLayer(layer);
        }
    }

    /// <summary>One sample: a method a layer, or everything in one where the network is tiny.</summary>
    private void EmitPredict()
    {
        bool tiny = plan.IsTiny(widthIndex);
        writer.Write($"/// <summary>One sample{(tiny ? ", in a straight line" : "")}; the layers alternate between two buffers, and the scores end in {InferenceResult(plan)}.</summary>");
        using (writer.BeginBlock($"internal static void Predict(ref float inputs, ref float parameters, ref float front, ref float back)"))
        {
            for (int i = 0; i < plan.Layers.Count; i++)
            {
                DensePlan layer = plan.Layers[i];
                if (tiny)
                {
                    writer.Write($"// {layer.Name}");
                    new DenseForwardEmitter(writer, layer, layer.Kernels[widthIndex]).EmitSingle(Source(i), Destination(i), unrolled: true);
                }
                else
                {
                    writer.Write($"{layer.Name}Single(ref {Source(i)}, ref parameters, ref {Destination(i)});");
                }
            }
        }
    }

    private void EmitPredictBatch()
    {
        writer.Blank();
        writer.Write($"/// <summary>Any number of samples, otherwise the same.</summary>");
        using (writer.BeginBlock($"internal static void PredictBatch(ref float inputs, ref float parameters, ref float front, ref float back, nuint count)"))
        {
            for (int i = 0; i < plan.Layers.Count; i++)
                writer.Write($"{plan.Layers[i].Name}Forward(ref {Source(i)}, ref parameters, ref {Destination(i)}, count);");
        }
    }

    private static string Source(int layer) => layer == 0 ? "inputs" : Destination(layer - 1);

    private static string Destination(int layer) => layer % 2 == 0 ? "front" : "back";

    /// <summary>The buffer that holds the scores after inference.</summary>
    public static string InferenceResult(ExecutionPlan plan) => Destination(plan.Layers.Count - 1);

    private string PassType => $"TrainingPass<{SurfaceEmitter.TargetType(plan.Spec.Loss)}>";

    private void EmitEvaluate()
    {
        writer.Blank();
        writer.Write("/// <summary>Forward with the outputs of every layer kept, then the losses and the gradient of the scores.</summary>");
        using (writer.BeginBlock($"internal static void Evaluate(in {PassType} pass, nuint row, nuint count, float reciprocal, ref float tile)"))
        {
            writer.Write("ref float workspace = ref pass.Workspace;");
            foreach (DensePlan layer in plan.Layers)
                writer.Write($"{layer.Name}Forward({InputRows(layer)}, ref pass.Parameters, {Rows(layer.Activation, layer.OutputStride)}, count);");
            writer.Blank();
            writer.Write($"var batch = new LossBuffers({Rows(plan.Last.Activation, plan.Last.OutputStride)}, {plan.Last.OutputStride}, {Rows(Planner.TransposedFront, 1)}, {Rows(Planner.TransposedBack, 1)}, ref tile, {Rows(Planner.RowLosses, 1)}, {plan.BatchLanes}, OutputLength, count, reciprocal);");
            writer.Write($"{plan.Spec.Loss.ToString()}Loss.Evaluate<{plan.Last.Kernels[widthIndex].InputGradient.LaneType}>(batch, pass.Targets.Slice((int)row * TargetLength, (int)count * TargetLength));");
        }
    }

    private void EmitBackward()
    {
        writer.Blank();
        writer.Write("/// <summary>From the gradient of the scores to the gradient of every layer's sums.</summary>");
        using (writer.BeginBlock($"internal static void Backward(in {PassType} pass, nuint row, nuint count)"))
        {
            writer.Write("ref float workspace = ref pass.Workspace;");
            string current = Planner.TransposedBack, other = Planner.TransposedFront;
            for (int i = plan.Layers.Count - 1; i >= 0; i--)
            {
                DensePlan layer = plan.Layers[i];
                writer.Write($"{layer.Name}ActivationBackward({Rows(current, 1)}, {Rows(layer.Activation, layer.OutputStride)}, {Rows(layer.Gradient, layer.OutputStride)}, count);");
                if (!layer.IsFirst)
                    writer.Write($"{layer.Name}InputGradient({Rows(current, 1)}, ref pass.Parameters, {Rows(other, 1)}, count);");
                (current, other) = (other, current);
            }
        }
    }

    private void EmitUpdate()
    {
        writer.Blank();
        writer.Write("/// <summary>A share of one layer's weight gradient, applied by the rule as it is finished; the first share has the biases.</summary>");
        writer.Write($"internal static void Update<TRule>(in {PassType} pass, in TRule rule, int layer, int part, int parts, ref float tile)");
        using (writer.BeginBlock("    where TRule : struct, IUpdateRule<TRule>"))
        {
            writer.Write("ref float workspace = ref pass.Workspace;");
            using (writer.BeginBlock("switch (layer)"))
            {
                for (int i = 0; i < plan.Layers.Count; i++)
                {
                    DensePlan layer = plan.Layers[i];
                    string input = i == 0 ? "ref pass.Inputs" : $"ref Unsafe.Add(ref workspace, {plan.Layers[i - 1].Activation})";
                    writer.Write($"case {i}:");
                    writer.Write($"    {layer.Name}Update({input}, ref Unsafe.Add(ref workspace, {layer.Gradient}), ref pass.Parameters, ref pass.State, in rule, ref tile, WorkRange.Of({layer.Spec.Inputs}, {layer.UpdateGrain(widthIndex)}, part, parts), pass.Count);");
                    writer.Write("    break;");
                }
            }
        }
    }

    private void EmitLayer(DensePlan layer)
    {
        DenseKernels kernels = layer.Kernels[widthIndex];
        new DenseForwardEmitter(writer, layer, kernels).Emit();
        new DenseActivationBackwardEmitter(writer, layer, kernels.TransposeBlock, plan.BatchLanes).Emit();
        if (!layer.IsFirst)
            new DenseInputGradientEmitter(writer, layer, kernels, plan.BatchLanes).Emit();
        new DenseUpdateEmitter(writer, layer, kernels).Emit();
    }

    /// <summary>What a layer reads, from sample <c>row</c> on.</summary>
    private string InputRows(DensePlan layer)
    {
        if (layer.IsFirst)
            return $"ref Unsafe.Add(ref pass.Inputs, row * InputLength)";

        int index = plan.Layers.TakeWhile(other => !ReferenceEquals(other, layer)).Count();
        return Rows(plan.Layers[index - 1].Activation, layer.InputStride);
    }

    /// <summary>A buffer of the workspace, from sample <c>row</c> on.</summary>
    private static string Rows(string buffer, int stride)
        => stride == 1
            ? $"ref Unsafe.Add(ref workspace, {buffer} + row)"
            : FormattableString.Invariant($"ref Unsafe.Add(ref workspace, {buffer} + (row * {stride}))");
}
