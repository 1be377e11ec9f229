using NativeNet.Generators.Planning;

namespace NativeNet.Generators.Emit.Dense;

/// <summary>Writes the weight and bias gradients, each handed to the update rule while it is still in registers.</summary>
internal sealed class DenseUpdateEmitter(SourceWriter writer, DensePlan plan, DenseKernels kernels)
{
    private const string Constraint = "    where TRule : struct, IUpdateRule<TRule>";

    public void Emit()
    {
        writer.Blank();
        writer.Write($"// {plan.Name} update: ∂w[k, n] = Σᵦ x[b, k] · ∂y[b, n] and ∂bias[n] = Σᵦ ∂y[b, n], each applied as soon as it is summed.");
        writer.Write($"// x: (count, {plan.Dense.Inputs}), rows {plan.InputStride} apart; ∂y: (count, {plan.Dense.Units}), rows {plan.OutputStride} apart.");
        writer.Write($"internal static void {plan.Name}Update<TRule>(ref float x, ref float gradient, ref float parameters, ref float state, in TRule rule, ref float tile, WorkRange inputs, nuint count)");
        using (writer.BeginBlock(Constraint))
        {
            foreach (RegionTile part in kernels.WeightGradient)
                EmitWalk(part);
        }

        foreach (RegionTile part in kernels.WeightGradient)
        {
            EmitTile(part, part.Tile.Rows);
            if (plan.Dense.Inputs % part.Tile.Rows is int rest and > 0)
                EmitTile(part, rest);
            EmitBias(part);
        }
    }

    private static string BiasName(DensePlan plan, RegionTile part)
        => DenseNames.Tile(plan, "BiasUpdate", part, 1);

    private void EmitWalk(RegionTile part)
    {
        int inputs = plan.Dense.Inputs, rows = part.Tile.Rows, whole = inputs / rows * rows, width = part.Region.PanelWidth;
        using (DenseNames.BeginColumns(writer, part))
        {
            writer.Write($"ref float dy = ref Unsafe.Add(ref gradient, n);");
            writer.Write($"nuint w = {DenseNames.WeightIndex(plan, part)};");
            writer.Write($"for (nuint k = inputs.Start; k + {rows} <= inputs.End; k += {rows})");
            writer.Write($"    {DenseNames.Tile(plan, "Update", part, rows)}(ref Unsafe.Add(ref x, k), ref dy, ref parameters, ref state, w + (k * {width}), in rule, ref tile, count);");
            if (whole < inputs)
            {
                writer.Write($"if (inputs.HasLast({inputs}))");
                writer.Write($"    {DenseNames.Tile(plan, "Update", part, inputs - whole)}(ref Unsafe.Add(ref x, {whole}), ref dy, ref parameters, ref state, w + {whole * width}, in rule, ref tile, count);");
            }

            writer.Write("if (inputs.IsFirst)");
            writer.Write($"    {BiasName(plan, part)}(ref dy, ref parameters, ref state, {DenseNames.Plus(plan.Bias.Offset, "n")}, in rule, ref tile, count);");
        }
    }

    private void EmitTile(RegionTile part, int rows)
    {
        Tile tile = part.Tile with { Rows = rows };
        var code = new TileWriter(writer, tile);

        writer.Blank();
        writer.Write($"// {rows} inputs × {tile.Width} units.");
        writer.Write($"private static void {DenseNames.Tile(plan, "Update", part, rows)}<TRule>(ref float x, ref float dy, ref float parameters, ref float state, nuint w, in TRule rule, ref float tile, nuint count)");
        using (writer.BeginBlock(Constraint))
        {
            code.Declare();
            using (writer.BeginBlock($"for (nuint b = 0; b < count; b++)"))
            {
                code.Load("d", "dy");
                code.MultiplyAdd("x", static row => row, "d");
                writer.Blank();
                EmitAdvance("x", plan.InputStride);
                EmitAdvance("dy", plan.OutputStride);
            }

            writer.Blank();
            EmitApply(code, tile, "w", part.Region.PanelWidth);
        }
    }

    private void EmitBias(RegionTile part)
    {
        Tile tile = part.Tile with { Rows = 1 };
        var code = new TileWriter(writer, tile);

        writer.Blank();
        writer.Write($"// The biases of {tile.Width} units.");
        writer.Write($"private static void {BiasName(plan, part)}<TRule>(ref float dy, ref float parameters, ref float state, nuint bias, in TRule rule, ref float tile, nuint count)");
        using (writer.BeginBlock(Constraint))
        {
            code.Declare();
            using (writer.BeginBlock($"for (nuint b = 0; b < count; b++)"))
            {
                for (int vector = 0; vector < tile.Vectors; vector++)
                    writer.Write($"{code.Sum(0, vector)} += {code.At("dy", vector * tile.Lanes)};");
                EmitAdvance("dy", plan.OutputStride);
            }

            writer.Blank();
            EmitApply(code, tile, "bias", part.Region.PanelWidth);
        }
    }

    private void EmitAdvance(string reference, int stride)
        => writer.Write($"{reference} = ref Unsafe.Add(ref {reference}, {stride});");

    /// <summary>
    /// The sums leave the registers at once: an update that needs registers of its own while they live makes the compiler
    /// spill them inside the loop above.
    /// </summary>
    private void EmitApply(TileWriter code, Tile tile, string index, int stride)
    {
        code.Store("tile", tile.Width);
        writer.Write($"ParameterUpdate.Apply<TRule, {tile.LaneType}>(in rule, ref tile, {tile.Rows}, {tile.Width}, ref parameters, ref state, {index}, {stride}, ParametersLength);");
    }
}
