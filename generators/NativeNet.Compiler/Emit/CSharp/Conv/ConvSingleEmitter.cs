using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>
/// Writes the forward pass of one sample: lanes over filters, one broadcast a value of the image, several windows of a row at
/// once where none of them reaches over the left or the right edge.
/// </summary>
internal sealed class ConvSingleEmitter(SourceWriter writer, ConvPlan plan, EquatableArray<FilterStretch> stretches)
    : ConvWalkEmitter(writer, plan, stretches, "Single")
{
    protected override string TapArguments => Code.TapArguments;

    public void Emit()
    {
        (int first, int end) = Plan.Conv.Window.Horizontal.Interior();
        int rows = Plan.Groups == 1 ? Stretches.Min(static part => part.Tile.Rows) : 1;
        int wholeEnd = first + ((end - first) / rows * rows), rest = end - wholeEnd, windows = Plan.Conv.Window.Horizontal.Output;

        Writer.Blank();
        Writer.Write($"// One sample; x: ({Plan.Conv.Input.ToString()}), y: ({Plan.Conv.Output.ToString()}). The last vector of a window reaches into the next one's place.");
        using (Writer.BeginBlock($"private static void {Plan.Name}Single(ref float x, ref float parameters, ref float y)"))
        {
            if (IsActivatedLater)
                Writer.Write("ref float sums = ref y;");
            using (Writer.BeginBlock($"for (int oy = 0; oy < {Plan.Conv.Window.Vertical.Output}; oy++)"))
            {
                EmitWindows(0, first, 1);
                EmitWindows(first, wholeEnd, rows);
                EmitWindows(wholeEnd, end, rest);
                EmitWindows(end, windows, 1);
            }

            if (IsActivatedLater)
                EmitActivation();
        }

        foreach (int height in new[] { first > 0 || end < windows ? 1 : 0, wholeEnd > first ? rows : 0, rest }.Where(static height => height > 0).Distinct())
        {
            foreach (FilterStretch part in Stretches)
                EmitTile(part, part.Tile with { Rows = height });
        }
    }

    private void EmitWindows(int first, int end, int rows)
    {
        if (first == end)
            return;

        using (Writer.BeginBlock($"for (int ox = {first}; ox < {end}; ox += {rows})"))
        {
            Code.EmitWindow("ox");
            EmitFilters(rows);
        }
    }

    private void EmitTile(FilterStretch part, Tile tile)
    {
        int step = Plan.Conv.Window.Horizontal.Stride * Code.InputPosition;
        EmitTile(part, tile, "windows", Code.TapParameters, code => Code.EmitTaps(() => EmitProducts(code, "wk", step)));
    }
}
