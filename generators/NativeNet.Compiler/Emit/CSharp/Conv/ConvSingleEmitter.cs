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
        int windows = Plan.Conv.Window.Horizontal.Output;
        TileRun[] runs = [.. TileRun.Of(0, first, 1), .. Runs(end - first, first), .. TileRun.Of(end, windows - end, 1)];

        Writer.Blank();
        Writer.Write($"// One sample; x: ({Plan.Conv.Input.ToString()}), y: ({Plan.Conv.Output.ToString()}). The last vector of a window reaches into the next one's place.");
        using (Writer.BeginBlock($"private static void {Plan.Name}Single(ref float x, ref float parameters, ref float y)"))
        {
            if (IsActivatedLater)
                Writer.Write("ref float sums = ref y;");
            using (Writer.BeginBlock($"for (int oy = 0; oy < {Plan.Conv.Window.Vertical.Output}; oy++)"))
            {
                foreach (TileRun run in runs)
                    EmitWindows(run);
            }

            if (IsActivatedLater)
                EmitActivation();
        }

        foreach (int height in runs.Select(static run => run.Rows).Distinct())
        {
            foreach (FilterStretch part in Stretches)
                EmitTile(part, part.Tile with { Rows = height });
        }
    }

    private void EmitWindows(TileRun run)
    {
        using (Writer.BeginBlock($"for (int ox = {run.First}; ox < {run.End}; ox += {run.Rows})"))
        {
            Code.EmitWindow("ox");
            EmitFilters(run.Rows);
        }
    }

    private void EmitTile(FilterStretch part, Tile tile)
    {
        int step = Plan.Conv.Window.Horizontal.Stride * Code.InputPosition;
        EmitTile(part, tile, "windows", Code.TapParameters, code => Code.EmitTaps(() => EmitProducts(code, "wk", step)));
    }
}
