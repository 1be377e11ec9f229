using NativeNet.Generators.Planning;

namespace NativeNet.Generators.Emit.Dense;

/// <summary>
/// Writes the gradient with respect to a layer's inputs with lanes over the batch, so that the weights are read as they
/// lie: one broadcast a weight, no transposed copy of them.
/// </summary>
internal sealed class DenseInputGradientEmitter(SourceWriter writer, DensePlan plan, DenseKernels kernels, int block)
{
    private readonly Tile _tile = kernels.InputGradient;

    public void Emit()
    {
        int inputs = plan.Dense.Inputs, rows = _tile.Rows, whole = inputs / rows * rows;

        writer.Blank();
        writer.Write($"// {plan.Name} input gradient: ∂x[k, b] = Σₙ w[k, n] · ∂y[n, b], both gradients with samples along their rows.");
        writer.Write($"// ∂y: ({plan.Dense.Units}, count) and ∂x: ({inputs}, count), rows {block} apart.");
        using (writer.BeginBlock($"internal static void {plan.Name}InputGradient(ref float gradient, ref float parameters, ref float inputGradient, nuint count)"))
        using (writer.BeginBlock($"for (nuint b = 0; b < count; b += {_tile.Width})"))
        {
            writer.Write($"ref float dy = ref Unsafe.Add(ref gradient, b);");
            writer.Write($"ref float dx = ref Unsafe.Add(ref inputGradient, b);");
            writer.Write($"for (nuint k = 0; k < {whole}; k += {rows})");
            writer.Write($"    {Name(rows)}(ref dy, ref parameters, k, ref Unsafe.Add(ref dx, k * {block}));");
            if (whole < inputs)
                writer.Write($"{Name(inputs - whole)}(ref dy, ref parameters, {whole}, ref Unsafe.Add(ref dx, {whole * block}));");
        }

        EmitTile(rows);
        if (whole < inputs)
            EmitTile(inputs - whole);
    }

    private string Name(int rows) => FormattableString.Invariant($"{plan.Name}InputGradient{rows}x{_tile.Vectors}");

    private void EmitTile(int rows)
    {
        Tile tile = _tile with { Rows = rows };
        var code = new TileWriter(writer, tile);

        writer.Blank();
        writer.Write($"// {rows} inputs × {tile.Width} samples.");
        using (writer.BeginBlock($"private static void {Name(rows)}(ref float dy, ref float parameters, nuint k, ref float dx)"))
        {
            code.Declare();
            foreach (ColumnRegion region in ColumnRegion.Of(plan.Weights.Matrix))
                EmitSum(code, region);

            writer.Blank();
            code.Store("dx", block, plan.Wires.InputGradient.Adds);
        }
    }

    private void EmitSum(TileWriter code, ColumnRegion region)
    {
        int start = plan.Weights.Offset + plan.Weights.Matrix.PanelOffset(region.FirstPanel);
        string row = DenseNames.Plus(start, FormattableString.Invariant($"k * {region.PanelWidth}"));
        if (region.PanelCount == 1)
        {
            using (writer.BeginBlock())
                EmitPanel(code, region, row);
            return;
        }

        int panelLength = plan.Dense.Inputs * region.PanelWidth;
        using (writer.BeginBlock($"for (nuint panel = 0; panel < {region.PanelCount * panelLength}; panel += {panelLength})"))
            EmitPanel(code, region, row + " + panel");
    }

    private void EmitPanel(TileWriter code, ColumnRegion region, string index)
    {
        writer.Write($"ref float w = ref Unsafe.Add(ref parameters, {index});");
        using (writer.BeginBlock($"for (int n = 0; n < {region.Columns}; n++)"))
        {
            code.Load("d", "dy");
            code.MultiplyAdd("w", row => row * region.PanelWidth, "d");
            writer.Blank();
            writer.Write($"w = ref Unsafe.Add(ref w, 1);");
            writer.Write($"dy = ref Unsafe.Add(ref dy, {block});");
        }
    }
}
