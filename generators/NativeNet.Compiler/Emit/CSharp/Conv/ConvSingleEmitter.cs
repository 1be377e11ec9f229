using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>
/// Writes the forward pass of one sample: lanes over filters, one broadcast a value of the image, several windows of a row at
/// once where none of them reaches over the left or the right edge, and at these edges several of a column.
/// </summary>
internal sealed class ConvSingleEmitter(SourceWriter writer, ConvPlan plan, EquatableArray<FilterStretch> stretches)
    : ConvWalkEmitter(writer, plan, stretches, "Single")
{
    private WindowAxis Vertical => Plan.Conv.Window.Vertical;

    private WindowAxis Horizontal => Plan.Conv.Window.Horizontal;

    /// <summary>Whether the last vector of a window reaches into the next one's place.</summary>
    private bool IsOverhanging => Stretches.Sum(static part => part.Count) > Plan.Filters;

    /// <summary>
    /// The windows of a column; none where the edges' are written in their rows, because the last vector of a window reaches into
    /// the next one's place, or because there is nothing to put side by side.
    /// </summary>
    private TileRun[] Column()
    {
        (int first, int end) = Vertical.Interior();
        bool isApart = Plan.Groups == 1 && end - first > 1 && !Horizontal.IsInside && !IsOverhanging;
        return isApart ? [.. TileRun.Of(0, first, 1), .. Runs(end - first, first), .. TileRun.Of(end, Vertical.Output - end, 1)] : [];
    }

    protected override string TapArguments(WindowTile tile)
        => tile.KeepsKernelRow && !Plan.IsInside ? ", (nuint)taps.Rows" : Code.TapArguments;

    public void Emit()
    {
        (int first, int end) = Horizontal.Interior();
        TileRun[] column = Column(), inner = [.. Runs(end - first, first)], edges = [.. TileRun.Of(0, first, 1), .. TileRun.Of(end, Horizontal.Output - end, 1)];
        bool hasColumns = column.Length > 0;

        Writer.Blank();
        Writer.Write($"// One sample; x: ({Plan.Conv.Input.ToString()}), y: ({Plan.Conv.Output.ToString()}).{(IsOverhanging ? " The last vector of a window reaches into the next one's place." : "")}");
        using (Writer.BeginBlock($"private static void {Plan.Name}Single(ref float x, ref float parameters, ref float y)"))
        {
            if (IsActivatedLater)
                Writer.Write("ref float sums = ref y;");
            if (hasColumns)
                Writer.Write("ref float first = ref y;");
            using (Writer.BeginBlock($"for (int oy = 0; oy < {Vertical.Output}; oy++)"))
            {
                if (hasColumns)
                    EmitInnerRow(inner, first, end);
                else
                    EmitRow([.. inner.Concat(edges).OrderBy(static run => run.First)], Code.EmitWindow);
            }

            if (hasColumns)
                EmitEdges(edges);
            if (IsActivatedLater)
                EmitActivation();
        }

        if (hasColumns)
            EmitColumn(column);

        int across = Horizontal.Stride * Code.InputPosition, down = Vertical.Stride * Horizontal.Input * Code.InputPosition;
        foreach (int height in inner.Concat(hasColumns ? column.Where(static run => run.Rows == 1) : edges).Select(static run => run.Rows).Distinct())
            EmitTiles(height, across, Code.OutputPosition);
        foreach (int height in column.Select(static run => run.Rows).Where(static rows => rows > 1).Distinct())
            EmitTiles(height, down, Horizontal.Output * Code.OutputPosition, isColumn: true);
    }

    /// <summary>Writes windows of a row.</summary>
    /// <param name="runs">The windows.</param>
    /// <param name="emitWindow">Finds one, given its column.</param>
    private void EmitRow(TileRun[] runs, Action<string> emitWindow)
    {
        foreach (TileRun run in runs)
        {
            using (Writer.BeginBlock($"for (int ox = {run.First}; ox < {run.End}; ox += {run.Rows})"))
            {
                emitWindow("ox");
                EmitFilters(run.Rows);
                Writer.Blank();
                Code.EmitAdvance("y", run.Rows * Code.OutputPosition);
            }
        }
    }

    /// <summary>Writes the windows of a row from the first to the one before the end, which have their taps in common.</summary>
    private void EmitInnerRow(TileRun[] runs, int first, int end)
    {
        if (runs.Length > 0)
            Code.EmitTapsOf(ConvCode.Text(first));
        Code.EmitAdvance("y", first * Code.OutputPosition);
        EmitRow(runs, ox => Code.EmitInnerWindow(ox, first));
        Code.EmitAdvance("y", (Horizontal.Output - end) * Code.OutputPosition);
    }

    private void EmitEdges(TileRun[] edges)
    {
        foreach (TileRun edge in edges)
        {
            Writer.Blank();
            Writer.Write($"for (int ox = {edge.First}; ox < {edge.End}; ox++)");
            Writer.Write($"    {Plan.Name}SingleColumn(ref x, ref parameters, ref Unsafe.Add(ref first, ox * {Code.OutputPosition}), ox);");
        }
    }

    /// <summary>Writes the method for a column of windows that reach over an edge, all of them alike but the first and the last ones.</summary>
    private void EmitColumn(TileRun[] column)
    {
        Writer.Blank();
        Writer.Write("// A column of windows that reach over the left or the right edge, below each other.");
        using (Writer.BeginBlock($"private static void {Plan.Name}SingleColumn(ref float x, ref float parameters, ref float y, int ox)"))
        {
            foreach (TileRun run in column)
            {
                using (Writer.BeginBlock($"for (int oy = {run.First}; oy < {run.End}; oy += {run.Rows})"))
                {
                    Code.EmitWindow("ox");
                    EmitFilters(run.Rows, isColumn: run.Rows > 1);
                    Writer.Blank();
                    Code.EmitAdvance("y", run.Rows * Horizontal.Output * Code.OutputPosition);
                }
            }
        }
    }

    private void EmitTiles(int height, int step, int stride, bool isColumn = false)
    {
        foreach (FilterStretch part in Stretches)
        {
            var tile = new WindowTile(part, height, isColumn);
            if (tile.KeepsKernelRow)
                EmitTile(tile, "window", Plan.IsInside ? "" : ", nuint rows", stride, code => EmitKernelRows(code, tile.Tile));
            else
                EmitTile(tile, "window", Code.TapParameters, stride, code => Code.EmitTaps(() => EmitProducts(code, "wk", step)));
        }
    }

    private void EmitKernelRows(TileWriter code, Tile tile)
    {
        using (Code.Begin("row", Vertical.Kernel, Plan.IsInside ? null : "rows"))
        {
            EmitKernelRow(code, tile);
            Writer.Blank();
            Code.EmitAdvance("x", Vertical.Dilation * Horizontal.Input * Code.InputPosition);
            Code.EmitAdvance("w", Horizontal.Kernel * Code.WeightStride);
        }
    }

    /// <summary>
    /// Writes a row of the kernel of a depthwise layer, which stays in registers: every value of the image is loaded once, for all
    /// windows that see it. Tap by tap, each product would load one.
    /// </summary>
    private void EmitKernelRow(TileWriter code, Tile tile)
    {
        for (int tap = 0; tap < Horizontal.Kernel; tap++)
            code.Load(FormattableString.Invariant($"w{tap}"), "w", tap * Code.WeightStride);

        for (int column = 0; column <= Horizontal.Position(tile.Rows - 1, Horizontal.Kernel - 1) + Horizontal.Before; column++)
        {
            (int Window, int Tap)[] readers = [.. Enumerable.Range(0, tile.Rows).Select(window => (window, column - (window * Horizontal.Stride))).Where(reader => reader.Item2 >= 0 && reader.Item2 < Horizontal.Kernel)];
            if (readers.Length > 0)
                code.Load(FormattableString.Invariant($"x{column}"), "x", column * Code.InputPosition);
            foreach ((int window, int tap) in readers)
                code.MultiplyAddPlaces(window, FormattableString.Invariant($"x{column}"), FormattableString.Invariant($"w{tap}"));
        }
    }
}
