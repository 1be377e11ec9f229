using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Dense;

/// <summary>Names and index expressions that the emitters of a dense layer share.</summary>
internal static class DenseNames
{
    /// <summary>The method of one tile: what it computes, then rows × vectors; its layer's last panel is named apart.</summary>
    public static string Tile(DensePlan plan, string operation, ColumnRegion region, int rows, int vectors)
        => FormattableString.Invariant($"{plan.Name}{operation}{(region.FirstPanel > 0 ? "Last" : "")}{rows}x{vectors}");

    /// <summary>The loop over a region's columns, one tile width a turn; a constant in a scope where there is one turn.</summary>
    public static SourceWriter.Block BeginColumns(SourceWriter writer, ColumnRegion region, int width)
    {
        int first = region.FirstColumn;
        int end = first + (region.PanelCount * region.PanelWidth);
        if (end - first > width)
            return writer.BeginBlock($"for (nuint n = {first}; n < {end}; n += {width})");

        SourceWriter.Block scope = writer.BeginBlock();
        writer.Write($"const int n = {first};");
        return scope;
    }

    /// <summary>Where column n of row 0 of the weights lies, for n at the start of a tile.</summary>
    public static string WeightIndex(DensePlan plan, ColumnRegion region, int width)
    {
        int offset = plan.Weights.Offset, rows = plan.Dense.Inputs, panel = region.PanelWidth;
        if (region.FirstPanel > 0)
        {
            int start = offset + plan.Weights.Matrix.PanelOffset(region.FirstPanel);
            return FormattableString.Invariant($"{start} + (n - {region.FirstColumn})");
        }

        return width % panel == 0
            ? Plus(offset, FormattableString.Invariant($"n * {rows}"))
            : Plus(offset, FormattableString.Invariant($"(n / {panel} * {rows * panel}) + (n % {panel})"));
    }

    /// <summary>A constant plus an expression, without the constant where it is 0.</summary>
    public static string Plus(int offset, string expression)
        => offset == 0 ? expression
            : expression.Contains('*') ? FormattableString.Invariant($"{offset} + ({expression})")
            : FormattableString.Invariant($"{offset} + {expression}");
}
