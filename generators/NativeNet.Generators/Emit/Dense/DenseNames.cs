using NativeNet.Generators.Planning;

namespace NativeNet.Generators.Emit.Dense;

/// <summary>Names and index expressions that the emitters of a dense layer share.</summary>
internal static class DenseNames
{
    /// <summary>The method of one tile: what it computes, then rows × vectors; its layer's last panel is named apart.</summary>
    public static string Tile(DensePlan plan, string operation, RegionTile part, int rows)
    {
        string region = part.Region.FirstPanel > 0 ? "Last" : "";
        return FormattableString.Invariant($"{plan.Name}{operation}{region}{rows}x{part.Tile.Vectors}");
    }

    /// <summary>The loop over a region's columns, one tile width a turn; a constant in a scope where there is one turn.</summary>
    public static SourceWriter.Block BeginColumns(SourceWriter writer, RegionTile part)
    {
        int first = part.Region.FirstColumn;
        int end = first + (part.Region.PanelCount * part.Region.PanelWidth);
        if (end - first > part.Tile.Width)
            return writer.BeginBlock($"for (nuint n = {first}; n < {end}; n += {part.Tile.Width})");

        SourceWriter.Block scope = writer.BeginBlock();
        writer.Write($"const int n = {first};");
        return scope;
    }

    /// <summary>Where column n of row 0 of the weights lies, for n at the start of a tile.</summary>
    public static string WeightIndex(DensePlan plan, RegionTile part)
    {
        int offset = plan.Weights.Offset, rows = plan.Dense.Inputs, width = part.Region.PanelWidth;
        if (part.Region.FirstPanel > 0)
        {
            int start = offset + plan.Weights.Matrix.PanelOffset(part.Region.FirstPanel);
            return FormattableString.Invariant($"{start} + (n - {part.Region.FirstColumn})");
        }

        return part.Tile.Width % width == 0
            ? Plus(offset, FormattableString.Invariant($"n * {rows}"))
            : Plus(offset, FormattableString.Invariant($"(n / {width} * {rows * width}) + (n % {width})"));
    }

    /// <summary>A constant plus an expression, without the constant where it is 0.</summary>
    public static string Plus(int offset, string expression)
        => offset == 0 ? expression
            : expression.Contains('*') ? FormattableString.Invariant($"{offset} + ({expression})")
            : FormattableString.Invariant($"{offset} + {expression}");
}
