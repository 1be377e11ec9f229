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
    private readonly ConvPackEmitter _pack = new(writer, plan, packed, tile, block);

    private Window2D Window => packed.Window;

    private int Columns => plan.UpdateColumns;

    /// <summary>Floats of the chains of one tile of products.</summary>
    private int TileChains => tile.Rows * Columns * 16;

    public void Emit()
    {
        _code.EmitSums(tile, ", strip by packed strip", packed.Rows, EmitStrip, _pack.Places);
        EmitTileOfProducts();
        foreach (int filters in new[] { tile.Vectors, plan.Filters % tile.Vectors }.Where(static filters => filters > 0))
            EmitChains(filters);
    }

    private string ChainsName(int filters) => FormattableString.Invariant($"{plan.Name}Chains{tile.Rows}x{filters}");

    /// <summary>Packs a strip and adds it.</summary>
    private void EmitStrip()
    {
        _pack.EmitRows();
        using (writer.BeginBlock($"for (nuint f = 0; f < filters; f += {packed.Filters})"))
        {
            writer.Write($"nuint channels = nuint.Min({packed.Filters}, filters - f);");
            _pack.EmitImage("(n + f)", "channels");
            _pack.EmitGradients("(n + f)", "channels");
            _pack.EmitBias("f", "channels");
            writer.Write("for (nuint t = first; t < end; t++)");
            writer.Write($"    {plan.Name}Tile(ref image, ref gradients, ref Unsafe.Add(ref chains, ((t - first) * {TileChains}) + (f * 16)), t, row, top, channels);");
        }
    }

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
            writer.Write($"x = ref Unsafe.Add(ref x, (windows.FirstInput - (top * {Window.Horizontal.Input})) * {_pack.Samples});");
            writer.Write($"dy = ref Unsafe.Add(ref dy, (windows.First - (row * {Window.Horizontal.Output})) * {_pack.Samples});");
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
        string lane = tile.Lanes < _pack.Samples ? "lane" : "";
        using (writer.Indent())
            _code.EmitStretches("lane", _pack.Samples, tile.Lanes, $"{ChainsName(filters)}({ConvCode.At("x", ConvCode.Sum(ConvCode.Times("f", _pack.InputChannel), lane))}, {ConvCode.At("dy", ConvCode.Sum(ConvCode.Times("f", _pack.OutputChannel), lane))}, {ConvCode.At("chains", ConvCode.Sum("f * 16", lane))}, rows);");
    }

    /// <summary>The windows of one vector of samples.</summary>
    private void EmitChains(int filters)
    {
        Tile own = tile with { Vectors = filters };
        var code = new TileWriter(writer, own);
        int down = Window.Vertical.Stride * Window.Horizontal.Input * _pack.Samples;

        writer.Blank();
        writer.Write($"// {Literal.Count(tile.Rows, "tap")} × {Literal.Count(filters, "filter")} × {Literal.Count(tile.Lanes, "chain")}.");
        using (writer.BeginBlock($"private static void {ChainsName(filters)}(ref float x, ref float dy, ref float chains, nuint rows)"))
        {
            code.DeclareFrom("chains", Columns * 16, 16);
            using (_code.Begin("row", 0, "rows"))
            {
                writer.Write("ref float xk = ref x, dyk = ref dy;");
                new ConvTapRowEmitter(writer, Window.Horizontal, own, _pack.Samples, _pack.InputChannel, _pack.OutputChannel).Emit();
                writer.Blank();
                _code.EmitAdvance("x", down);
                _code.EmitAdvance("dy", Window.Horizontal.Output * _pack.Samples);
            }

            writer.Blank();
            code.StoreTo("chains", Columns * 16, 16);
        }
    }
}
