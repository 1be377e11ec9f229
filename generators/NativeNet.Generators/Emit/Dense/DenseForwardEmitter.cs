using NativeNet.Generators.Planning;

namespace NativeNet.Generators.Emit.Dense;

/// <summary>Writes y = activation(bias + x · W): lanes over units, one broadcast an input.</summary>
internal sealed class DenseForwardEmitter(SourceWriter writer, DensePlan plan, DenseKernels kernels, int batchSize)
{
    public void Emit()
    {
        writer.Blank();
        writer.Write($"// {plan.Name} forward: y[b, n] = {ActivationCode.Name(plan.Spec.Activation)}(bias[n] + Σₖ x[b, k] · w[k, n]).");
        writer.Write($"// x: (count, {plan.Spec.Inputs}), rows {plan.InputStride} apart; y: (count, {plan.Spec.Units}), rows {plan.OutputStride} apart.");
        using (writer.BeginBlock($"internal static void {plan.Name}Forward(ref float x, ref float parameters, ref float y, nuint count)"))
        {
            foreach (RegionTile part in kernels.Forward)
                EmitWalk(part);
        }

        foreach (RegionTile part in kernels.Forward)
        {
            foreach (int rows in TilePlanner.RowSteps(part.Tile, batchSize))
                EmitTile(part.Region, part.Tile with { Rows = rows });
        }
    }

    private void EmitWalk(RegionTile part)
    {
        using (writer.BeginBlock(DenseNames.ColumnLoop(part)))
        {
            writer.Write($"ref float w = ref Unsafe.Add(ref parameters, {DenseNames.WeightIndex(plan, part)});");
            writer.Write($"ref float bias = ref Unsafe.Add(ref parameters, {DenseNames.Plus(plan.Parameters.BiasOffset, "n")});");
            writer.Write("nuint b = 0;");
            foreach (int rows in TilePlanner.RowSteps(part.Tile, batchSize))
            {
                writer.Write(rows == 1 ? $"for (; b < count; b++)" : (Code)$"for (; b + {rows} <= count; b += {rows})");
                writer.Write($"    {DenseNames.Tile(plan, "Forward", part, rows)}(ref Unsafe.Add(ref x, b * {plan.InputStride}), ref w, ref bias, ref Unsafe.Add(ref y, (b * {plan.OutputStride}) + n));");
            }
        }
    }

    private void EmitTile(ColumnRegion region, Tile tile)
    {
        var code = new TileWriter(writer, tile);
        int inputs = plan.Spec.Inputs, whole = inputs / tile.Chains * tile.Chains;

        writer.Blank();
        using (writer.BeginBlock($"private static void {DenseNames.Tile(plan, "Forward", new RegionTile(region, tile), tile.Rows)}(ref float x, ref float w, ref float bias, ref float y)"))
        {
            code.Load("b", "bias");
            code.Declare(static vector => FormattableString.Invariant($"b{vector}"));

            using (writer.BeginBlock($"for (int k = 0; k < {whole}; k += {tile.Chains})"))
            {
                EmitSteps(code, region, tile.Chains, tile.Chains);
                writer.Blank();
                writer.Write($"x = ref Unsafe.Add(ref x, {tile.Chains});");
                writer.Write($"w = ref Unsafe.Add(ref w, {tile.Chains * region.PanelWidth});");
            }

            EmitSteps(code, region, inputs - whole, tile.Chains);
            code.Reduce();

            writer.Blank();
            for (int row = 0; row < tile.Rows; row++)
            {
                for (int vector = 0; vector < tile.Vectors; vector++)
                    writer.Write($"{ActivationCode.Forward(plan.Spec.Activation, tile, code.Sum(row, vector))}.Store(ref y, {(row * plan.OutputStride) + (vector * tile.Lanes)});");
            }
        }
    }

    /// <summary>One step a chain, each in a scope of its own where there are several.</summary>
    private void EmitSteps(TileWriter code, ColumnRegion region, int steps, int chains)
    {
        for (int chain = 0; chain < steps; chain++)
        {
            if (chains > 1)
            {
                using (writer.BeginBlock())
                    EmitStep(chain);
            }
            else
            {
                EmitStep(chain);
            }
        }

        void EmitStep(int chain)
        {
            code.Load("w", "w", chain * region.PanelWidth);
            code.MultiplyAdd("x", row => (row * plan.InputStride) + chain, "w", chain);
        }
    }
}
