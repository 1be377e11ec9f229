using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Dense;

/// <summary>
/// Writes the gradient with respect to a layer's inputs with lanes over the batch, so that the weights are read as they
/// lie: one broadcast a weight, no transposed copy of them.
/// </summary>
internal sealed class DenseInputGradientEmitter(SourceWriter writer, DensePlan plan, DenseKernels kernels, int block)
{
    public void Emit()
    {
        writer.Blank();
        writer.Write($"// {plan.Name} input gradient: ∂x[k, b] = Σₙ w[k, n] · ∂y[n, b], both gradients with samples along their rows.");
        writer.Write($"// ∂y: ({plan.Dense.Units}, count) and ∂x: ({plan.Dense.Inputs}, count), rows {block} apart.");
        using (writer.BeginBlock($"internal static void {plan.Name}InputGradient(ref float gradient, ref float parameters, ref float inputGradient, nuint count)"))
        {
            writer.Write("nuint b = 0;");
            for (int i = 0; i < kernels.InputGradient.Count; i++)
            {
                bool isLast = i == kernels.InputGradient.Count - 1;
                EmitWalk(kernels.InputGradient[i], isLast ? "b" : FormattableString.Invariant($"b + {kernels.InputGradient[i + 1].Width}"));
            }
        }

        foreach (Tile tile in kernels.InputGradient)
        {
            EmitTile(tile);
            if (plan.Dense.Inputs % tile.Rows is int rest and > 0)
                EmitTile(tile with { Rows = rest });
        }
    }

    private void EmitWalk(Tile tile, string reached)
    {
        int inputs = plan.Dense.Inputs, rows = tile.Rows, whole = inputs / rows * rows;
        using (writer.BeginBlock($"for (; {reached} < count; b += {tile.Width})"))
        {
            writer.Write($"ref float dy = ref Unsafe.Add(ref gradient, b);");
            writer.Write($"ref float dx = ref Unsafe.Add(ref inputGradient, b);");
            writer.Write($"for (nuint k = 0; k < {whole}; k += {rows})");
            writer.Write($"    {Name(tile)}(ref dy, ref parameters, k, ref Unsafe.Add(ref dx, k * {block}));");
            if (whole < inputs)
                writer.Write($"{Name(tile with { Rows = inputs - whole })}(ref dy, ref parameters, {whole}, ref Unsafe.Add(ref dx, {whole * block}));");
        }
    }

    private string Name(Tile tile) => FormattableString.Invariant($"{plan.Name}InputGradient{tile.Rows}x{tile.Vectors}");

    private void EmitTile(Tile tile)
    {
        var code = new TileWriter(writer, tile);

        writer.Blank();
        writer.Write($"// {Literal.Count(tile.Rows, "input")} × {Literal.Count(tile.Width, "sample")}.");
        using (writer.BeginBlock($"private static void {Name(tile)}(ref float dy, ref float parameters, nuint k, ref float dx)"))
        {
            code.Declare();
            foreach (ColumnRegion region in ColumnRegion.Of(plan.Weights.Matrix))
                EmitSum(code, region);

            writer.Blank();
            code.Store("dx", block, plan.Views.InputGradient.Adds);
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
