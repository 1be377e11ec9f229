using NativeNet.Compiler.Planning;
using NativeNet.Description;
using NativeNet.Numerics;

namespace NativeNet.Compiler.Emit.C;

/// <summary>Writes the first weights: section 7.4 of the numeric contract.</summary>
/// <param name="context">What is written.</param>
internal sealed class InitializeEmitter(CContext context)
{
    private readonly string _prefix = context.Export.Prefix;

    /// <summary>What the device finds itself; frozen tensors come with it.</summary>
    private IEnumerable<ParameterTensor> Learned => context.Program.Parameters.Tensors.Where(IsLearned);

    private bool IsLearned(ParameterTensor tensor) => !context.HasFrozen || !tensor.Slot.IsFrozen;

    /// <summary>Writes the fill functions and <c>initialize</c>.</summary>
    public void Emit()
    {
        InitializerSpec[] initializers = [.. Learned.Select(static tensor => tensor.Spec.Initializer).OfType<InitializerSpec>()];
        if (initializers.Any(IsNormal))
            EmitFill("normal");
        if (initializers.Any(static initializer => !IsNormal(initializer)))
            EmitFill("uniform");
        if (initializers.Length < Learned.Count() || context.Rule!.State.Count > 0)
            EmitFill();

        context.Writer.Blank();
        context.Writer.Write($"{_prefix}_status {_prefix}_initialize({context.ParametersType} *{context.Learned}, uint64_t seed)");
        using (context.Writer.BeginBlock())
        {
            using (context.Writer.BeginBlock($"if ({context.Learned} == NULL)"))
                context.Writer.Write($"return {_prefix.ToUpperInvariant()}_NULL_POINTER;");
            if (initializers.Length == 0)
                context.Writer.Write("(void)seed;");
            foreach (LayerPlan layer in context.Program.Layers)
            {
                foreach (ParameterTensor tensor in layer.Tensors.Where(IsLearned))
                    EmitTensor(layer, tensor);
            }

            context.Writer.Write($"return {_prefix.ToUpperInvariant()}_OK;");
        }
    }

    private void EmitFill(string variate)
    {
        context.Library.Use("random_block");
        string function = context.Library.Use(variate + "_variate");
        using (context.BeginFunction(
            "A matrix of `rows` inputs and `columns` units: word n * rows + k of the layer's stream makes weight (k, n).",
            $"static void fill_{variate}(float *weight, int32_t rows, int32_t columns, float scale, uint64_t seed, uint32_t layer)"))
        {
            SourceWriter writer = context.Writer;
            writer.Write("uint32_t words[4], index = 0;");
            using (context.BeginFor("n", "0", "columns"))
            using (context.BeginFor("k", "0", "rows"))
            {
                using (writer.BeginBlock("if ((index & 3u) == 0u)"))
                    writer.Write("random_block(seed, index / 4u, 0u, layer, 0u, words);");
                writer.Write($"weight[k * columns + n] = scale * {function}(words[index & 3u]);");
                writer.Write("index++;");
            }
        }
    }

    private void EmitTensor(LayerPlan layer, ParameterTensor tensor)
    {
        string place = context.Learned + "->" + CNames.Member(layer, tensor.Spec.Name);
        if (tensor.Spec.Initializer is not { } initializer)
        {
            EmitFill(tensor, place);
            return;
        }

        (int rows, int columns) = (tensor.Matrix.Rows, tensor.Matrix.Columns);
        string scale = CLiteral.Of(Initializers.Scale(initializer, rows, columns));
        context.Writer.Write($"fill_{(IsNormal(initializer) ? "normal" : "uniform")}({place}, {rows}, {columns}, {scale}, seed, {tensor.Stream}u);");
    }

    /// <summary>One value for all elements, or one a gate.</summary>
    private void EmitFill(ParameterTensor tensor, string place)
    {
        int gates = tensor.Spec.GateStarts.Count, count = tensor.Spec.Count;
        if (gates == 0)
            context.Writer.Write($"fill({place}, {count}, {CLiteral.Of(tensor.Spec.Start)});");
        for (int gate = 0; gate < gates; gate++)
        {
            string first = gate == 0 ? place : FormattableString.Invariant($"{place} + {gate * count / gates}");
            context.Writer.Write($"fill({first}, {count / gates}, {CLiteral.Of(tensor.Spec.GateStarts[gate])});");
        }
    }

    private void EmitFill()
    {
        using (context.BeginFunction("All elements the same.", "static void fill(float *values, int32_t length, float value)"))
        using (context.BeginFor("i", "0", "length"))
            context.Writer.Write("values[i] = value;");
    }

    private static bool IsNormal(InitializerSpec initializer) => initializer.Kind is InitializerKind.HeNormal or InitializerKind.Normal;
}
