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

    private void EmitEvaluate()
    {
        string targetType = SurfaceEmitter.TargetType(plan.Spec.Loss);
        writer.Blank();
        writer.Write("/// <summary>Forward with every layer's outputs kept, then the loss and the gradient of the scores.</summary>");
        using (writer.BeginBlock($"internal static float Evaluate(ref float inputs, ref float parameters, ReadOnlySpan<{targetType}> targets, ref float workspace, nuint count)"))
        {
            foreach (DensePlan layer in plan.Layers)
                writer.Write($"{layer.Name}Forward({InputOf(layer)}, ref parameters, {Buffer(layer.Activation)}, count);");
            writer.Blank();
            writer.Write($"var batch = new LossBuffers({Buffer(plan.Last.Activation)}, {plan.Last.OutputStride}, {Buffer(Planner.TransposedFront)}, {Buffer(Planner.TransposedBack)}, {Buffer(Planner.UpdateTile)}, {Buffer(Planner.RowLosses)}, {plan.BatchLanes}, OutputLength, count);");
            writer.Write($"return {plan.Spec.Loss.ToString()}Loss.Evaluate<{plan.Last.Kernels[widthIndex].InputGradient.LaneType}>(batch, targets);");
        }
    }

    private void EmitBackward()
    {
        writer.Blank();
        writer.Write("/// <summary>From the gradient of the scores to the gradient of every layer's sums.</summary>");
        using (writer.BeginBlock($"internal static void Backward(ref float parameters, ref float workspace, nuint count)"))
        {
            string current = Planner.TransposedBack, other = Planner.TransposedFront;
            for (int i = plan.Layers.Count - 1; i >= 0; i--)
            {
                DensePlan layer = plan.Layers[i];
                writer.Write($"{layer.Name}ActivationBackward({Buffer(current)}, {Buffer(layer.Activation)}, {Buffer(layer.Gradient)}, count);");
                if (!layer.IsFirst)
                    writer.Write($"{layer.Name}InputGradient({Buffer(current)}, ref parameters, {Buffer(other)}, count);");
                (current, other) = (other, current);
            }
        }
    }

    private void EmitUpdate()
    {
        writer.Blank();
        writer.Write("/// <summary>Weight and bias gradients of every layer, applied by the rule as they are finished.</summary>");
        writer.Write("internal static void Update<TRule>(ref float inputs, ref float parameters, ref float state, in TRule rule, ref float workspace, nuint count)");
        using (writer.BeginBlock("    where TRule : struct, IUpdateRule<TRule>"))
        {
            foreach (DensePlan layer in plan.Layers)
                writer.Write($"{layer.Name}Update({InputOf(layer)}, {Buffer(layer.Gradient)}, ref parameters, ref state, in rule, ref Unsafe.Add(ref workspace, {Planner.UpdateTile}), count);");
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

    private string InputOf(DensePlan layer)
    {
        if (layer.IsFirst)
            return "ref inputs";

        int index = plan.Layers.TakeWhile(other => !ReferenceEquals(other, layer)).Count();
        return Buffer(plan.Layers[index - 1].Activation);
    }

    private static string Buffer(string name) => $"ref Unsafe.Add(ref workspace, {name})";
}
