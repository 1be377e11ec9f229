using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>
/// Writes the sums of a depthwise layer's weight gradient, a row of the kernel at a time, over packed strips of the image and of
/// the gradients.
/// </summary>
/// <param name="writer">Gets the text.</param>
/// <param name="plan">The layer.</param>
/// <param name="packed">What is packed.</param>
/// <param name="tile">Rows are products, vectors are filters, lanes are chains.</param>
/// <param name="block">The samples of a block.</param>
internal sealed class ConvPackedSumsEmitter(SourceWriter writer, ConvPlan plan, PackedImages packed, Tile tile, int block)
{
    private readonly ConvCode _code = new(writer, plan, block);

    private Window2D Window => packed.Window;

    private int Columns => plan.UpdateColumns;

    /// <summary>The samples that are packed: floats from position to position.</summary>
    private int Samples => Math.Min(block, 16);

    /// <summary>Floats from one packed channel of the image to the next.</summary>
    private int InputChannel => packed.InputPositions * Samples;

    /// <summary>Floats from the packed gradients of one filter to those of the next.</summary>
    private int OutputChannel => packed.OutputPositions * Samples;

    /// <summary>Floats of the chains of one tile of products.</summary>
    private int TileChains => tile.Rows * Columns * 16;

    public void Emit()
    {
        _code.EmitSums(
            tile, ", strip by packed strip", packed.Rows, EmitStrip,
            $"ref float image = ref Unsafe.Add(ref chains, {2 * plan.ChainsLength(tile)}), gradients = ref Unsafe.Add(ref image, {packed.Filters * InputChannel});");
        EmitTileOfProducts();
        foreach (int filters in new[] { tile.Vectors, plan.Filters % tile.Vectors }.Where(static filters => filters > 0))
            EmitChains(filters);
    }

    private string ChainsName(int filters) => FormattableString.Invariant($"{plan.Name}Chains{tile.Rows}x{filters}");

    /// <summary>Packs a strip and adds it.</summary>
    private void EmitStrip()
    {
        WindowAxis down = Window.Vertical;
        int width = Window.Horizontal.Input, windows = Window.Horizontal.Output;
        writer.Write($"int rows = Math.Min({packed.Rows}, {down.Output} - row), top = {Top(down)}, bottom = Math.Max(top, Math.Min({down.Input}, {Bottom(down)}));");
        using (writer.BeginBlock($"for (nuint f = 0; f < filters; f += {packed.Filters})"))
        {
            writer.Write($"nuint channels = nuint.Min({packed.Filters}, filters - f);");
            EmitPack($"{ConvCode.Sum(ConvCode.Times("(nuint)top", width * _code.InputPosition), $"(n + f) * {block}")}", "xb", _code.InputPosition, $"(nuint)(bottom - top) * {width}", "channels", "image", InputChannel);
            EmitPack($"{ConvCode.Sum(ConvCode.Times("(nuint)row", windows * _code.OutputPosition), $"(n + f) * {block}")}", "dyb", _code.OutputPosition, $"(nuint)rows * {windows}", "channels", "gradients", OutputChannel);
            writer.Write("for (nuint t = first; t < end; t++)");
            writer.Write($"    {plan.Name}Tile(ref image, ref gradients, ref Unsafe.Add(ref chains, ((t - first) * {TileChains}) + (f * 16)), t, row, top, channels);");
        }
    }

    private static string Top(WindowAxis axis)
        => axis.Before == 0 && axis.Stride == 1 ? "row" : FormattableString.Invariant($"Math.Max(0, (row * {axis.Stride}) - {axis.Before})");

    /// <summary>Behind the last row that the last window of a strip sees.</summary>
    private static string Bottom(WindowAxis axis)
        => axis.Stride == 1 ? ConvCode.Sum("row + rows", ConvCode.Text(axis.Reach - axis.Before - 1))
            : FormattableString.Invariant($"((row + rows - 1) * {axis.Stride}) + {axis.Reach - axis.Before}");

    private void EmitPack(string offset, string from, int position, string positions, string channels, string to, int channel)
        => writer.Write($"SampleChains.Pack<{tile.LaneType}>(ref Unsafe.Add(ref {from}, {offset}), {position}, {block}, {Samples}, {positions}, {channels}, ref {to}, {channel});");

    /// <summary>One row of the kernel over a strip, a few filters at a time.</summary>
    private void EmitTileOfProducts()
    {
        writer.Blank();
        writer.Write($"// One row of the kernel over a strip of up to {packed.Rows} rows of windows.");
        using (writer.BeginBlock($"private static void {plan.Name}Tile(ref float x, ref float dy, ref float chains, nuint t, int row, int top, nuint filters)"))
        {
            string tap = ConvCode.Sum(ConvCode.Times("(int)t", plan.Run), ConvCode.Text(Window.Horizontal.FirstTap(0)));
            writer.Write($"TapWindows windows = new({plan.Name}Window, {tap}, row, {packed.Rows});");
            writer.Write("nuint rows = (nuint)windows.Rows;");
            writer.Write($"x = ref Unsafe.Add(ref x, (windows.FirstInput - (top * {Window.Horizontal.Input})) * {Samples});");
            writer.Write($"dy = ref Unsafe.Add(ref dy, (windows.First - (row * {Window.Horizontal.Output})) * {Samples});");
            writer.Write("nuint f = 0;");
            writer.Write($"for (; f + {tile.Vectors} <= filters; f += {tile.Vectors})");
            EmitCall(tile.Vectors);
            int rest = plan.Filters % tile.Vectors;
            if (rest == 0)
                return;

            writer.Write("if (f < filters)");
            EmitCall(rest);
        }
    }

    /// <summary>The call for a few filters, below the loop or the condition that it belongs to.</summary>
    private void EmitCall(int filters)
    {
        string lane = tile.Lanes < Samples ? "lane" : "";
        using (writer.Indent())
            _code.EmitStretches("lane", Samples, tile.Lanes, $"{ChainsName(filters)}({ConvCode.At("x", ConvCode.Sum(ConvCode.Times("f", InputChannel), lane))}, {ConvCode.At("dy", ConvCode.Sum(ConvCode.Times("f", OutputChannel), lane))}, {ConvCode.At("chains", ConvCode.Sum("f * 16", lane))}, rows);");
    }

    /// <summary>The windows of one vector of samples.</summary>
    private void EmitChains(int filters)
    {
        Tile own = tile with { Vectors = filters };
        var code = new TileWriter(writer, own);
        int down = Window.Vertical.Stride * Window.Horizontal.Input * Samples;

        writer.Blank();
        writer.Write($"// {tile.Rows} taps × {filters} filters × {tile.Lanes} chains.");
        using (writer.BeginBlock($"private static void {ChainsName(filters)}(ref float x, ref float dy, ref float chains, nuint rows)"))
        {
            code.DeclareFrom("chains", Columns * 16, 16);
            using (_code.Begin("row", 0, "rows"))
            {
                writer.Write("ref float xk = ref x, dyk = ref dy;");
                new ConvTapRowEmitter(writer, Window.Horizontal, own, Samples, InputChannel, OutputChannel).Emit();
                writer.Blank();
                _code.EmitAdvance("x", down);
                _code.EmitAdvance("dy", Window.Horizontal.Output * Samples);
            }

            writer.Blank();
            code.StoreTo("chains", Columns * 16, 16);
        }
    }
}
