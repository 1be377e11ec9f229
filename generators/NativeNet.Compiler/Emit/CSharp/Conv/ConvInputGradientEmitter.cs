using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>
/// Writes the gradient with respect to a convolution's image, position by position: from every window that sees it, lanes
/// over samples, one broadcast a weight, the weights as they lie.
/// </summary>
internal sealed class ConvInputGradientEmitter(SourceWriter writer, ConvPlan plan, Tile tile, int block)
{
    private readonly ConvCode _code = new(writer, plan, block);

    private Window2D Window => plan.Conv.Window;

    /// <summary>The filters that a channel's gradient sums over for each tap.</summary>
    private int Filters => plan.IsDepthwise ? 1 : plan.Filters;

    public void Emit()
    {
        int channels = plan.Channels, whole = channels / tile.Rows * tile.Rows;
        writer.Blank();
        writer.Write($"// {plan.Name} input gradient: ∂x[iy, ix, c] = Σ ∂y · w over the taps through which windows see the position, then over filters.");
        writer.Write($"// ∂y: ({plan.Conv.Output.ToString()}, {block} samples); ∂x: ({plan.Conv.Input.ToString()}, {block} samples).");
        using (writer.BeginBlock($"internal static void {plan.Name}InputGradient(ref float dy, ref float parameters, ref float dx)"))
        using (writer.BeginBlock($"for (int iy = 0; iy < {Window.Vertical.Input}; iy++)"))
        using (writer.BeginBlock($"for (int ix = 0; ix < {Window.Horizontal.Input}; ix++)"))
        {
            writer.Write($"WindowReaders taps = new({plan.WindowName}, iy, ix);");
            writer.Write($"ref float dyo = ref Unsafe.Add(ref dy, taps.First * {_code.OutputPosition});");
            writer.Write($"ref float w = {_code.Weight("taps.FirstTap")};");
            using (_code.BeginGroups())
                _code.EmitTiles("c", channels, tile.Rows, EmitCalls);
            writer.Blank();
            _code.EmitAdvance("dx", _code.InputPosition);
        }

        EmitTile(tile.Rows);
        if (whole < channels)
            EmitTile(channels - whole);
    }

    private string Name(int rows) => FormattableString.Invariant($"{plan.Name}InputGradient{rows}x{tile.Vectors}");

    private void EmitCalls(string c, int rows)
    {
        string b = tile.Width < block ? "b" : "";
        string gradient = ConvCode.Sum(plan.IsDepthwise ? ConvCode.Times(c, block) : "", _code.Group(plan.Filters * block), b);
        string weight = plan.IsDepthwise ? c : ConvCode.Sum(ConvCode.Times(c, _code.WeightStride), _code.Group(plan.Filters));
        string dx = ConvCode.Sum(ConvCode.Times(c, block), _code.Group(plan.Channels * block), b);
        string call = $"{Name(rows)}({ConvCode.At("dyo", gradient)}, {ConvCode.At("w", weight)}, {ConvCode.At("dx", dx)}, (nuint)taps.Rows, (nuint)taps.Columns);";
        _code.EmitStretches("b", block, tile.Width, call);
    }

    private void EmitTile(int rows)
    {
        Tile own = tile with { Rows = rows };
        var code = new TileWriter(writer, own);
        int tap = plan.TapProducts * _code.WeightStride;

        writer.Blank();
        writer.Write($"// {Literal.Count(rows, "channel")} × {Literal.Count(own.Width, "sample")}; a window that sees the position through a later tap lies earlier.");
        using (writer.BeginBlock($"private static void {Name(rows)}(ref float dy, ref float w, ref float dx, nuint rows, nuint columns)"))
        {
            code.Declare();
            using (writer.BeginBlock("for (; rows > 0; rows--)"))
            {
                writer.Write("ref float dyk = ref dy, wk = ref w;");
                using (_code.Begin("column", 0, "columns"))
                {
                    EmitFilters(code);
                    _code.EmitAdvance("dyk", -Window.Horizontal.ReaderWindows * _code.OutputPosition);
                    _code.EmitAdvance("wk", Window.Horizontal.ReaderStep * tap);
                }

                writer.Blank();
                _code.EmitAdvance("dy", -Window.Vertical.ReaderWindows * Window.Horizontal.Output * _code.OutputPosition);
                _code.EmitAdvance("w", Window.Vertical.ReaderStep * Window.Horizontal.Kernel * tap);
            }

            writer.Blank();
            code.Store("dx", block, plan.Views.InputGradient.Adds);
        }
    }

    private void EmitFilters(TileWriter code)
    {
        if (plan.IsDepthwise)
        {
            code.MultiplyAddRows("dyk", block, "wk");
            return;
        }

        writer.Write("ref float dyn = ref dyk, wn = ref wk;");
        using (_code.Begin("n", Filters, null))
        {
            code.Load("v", "dyn");
            code.MultiplyAdd("wn", row => row * _code.WeightStride, "v");
            writer.Blank();
            _code.EmitAdvance("dyn", block);
            _code.EmitAdvance("wn", 1);
        }

        writer.Blank();
    }
}
