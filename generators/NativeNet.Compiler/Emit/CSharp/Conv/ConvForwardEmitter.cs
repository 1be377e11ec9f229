using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>Writes the forward pass of a block: lanes over samples, one broadcast a weight, window by window.</summary>
internal sealed class ConvForwardEmitter(SourceWriter writer, ConvPlan plan, Tile tile, int block)
{
    private readonly ConvCode _code = new(writer, plan, block);

    private readonly bool _keepsSums = plan.Views.Sums is not null;

    /// <summary>The parameter for the place of the sums, where they are kept; it may be that of the outputs.</summary>
    private string Sums => _keepsSums ? "ref float z, " : "";

    public void Emit()
    {
        int filters = plan.Filters, whole = filters / tile.Rows * tile.Rows;
        writer.Blank();
        writer.Write($"// {plan.Name} forward: y[oy, ox, n] = {ActivationCode.Name(plan.Conv.Activation)}(bias[n] + Σ x · w) over the taps inside the image.");
        writer.Write($"// x: ({plan.Conv.Input.ToString()}, {block} samples); y: ({plan.Conv.Output.ToString()}, {block} samples).");
        using (writer.BeginBlock($"internal static void {plan.Name}Forward(ref float x, ref float parameters, {Sums}ref float y)"))
        using (writer.BeginBlock($"for (int oy = 0; oy < {plan.Conv.Window.Vertical.Output}; oy++)"))
        using (writer.BeginBlock($"for (int ox = 0; ox < {plan.Conv.Window.Horizontal.Output}; ox++)"))
        {
            _code.EmitWindow("ox");
            if (plan.Bias is { } bias)
                writer.Write($"ref float bias = ref {ConvCode.Element("parameters", bias.Offset)};");
            using (_code.BeginGroups())
                _code.EmitTiles("n", filters, tile.Rows, EmitCalls);
            writer.Blank();
            if (_keepsSums)
                _code.EmitAdvance("z", _code.OutputPosition);
            _code.EmitAdvance("y", _code.OutputPosition);
        }

        EmitTile(tile.Rows);
        if (whole < filters)
            EmitTile(filters - whole);
    }

    private string Name(int rows) => FormattableString.Invariant($"{plan.Name}Forward{rows}x{tile.Vectors}");

    /// <summary>The tiles of a block's samples, for filters from n on.</summary>
    private void EmitCalls(string n, int rows)
    {
        string b = tile.Width < block ? "b" : "";
        string x = ConvCode.Sum(plan.IsDepthwise ? ConvCode.Times(n, block) : "", _code.Group(plan.Channels * block), b);
        string filter = ConvCode.Sum(n, _code.Group(plan.Filters));
        string y = ConvCode.Sum(ConvCode.Times(n, block), _code.Group(plan.Filters * block), b);
        string biases = plan.Bias is null ? "" : $"{ConvCode.At("bias", filter)}, ";
        string sums = _keepsSums ? $"{ConvCode.At("z", y)}, " : "";
        string call = $"{Name(rows)}({ConvCode.At("xo", x)}, {ConvCode.At("w", filter)}, {biases}{sums}{ConvCode.At("y", y)}{_code.TapArguments});";
        _code.EmitStretches("b", block, tile.Width, call);
    }

    private void EmitTile(int rows)
    {
        Tile own = tile with { Rows = rows };
        var code = new TileWriter(writer, own);
        string bias = plan.Bias is null ? "" : "ref float bias, ";

        writer.Blank();
        writer.Write($"// {Literal.Count(rows, "filter")} × {Literal.Count(own.Width, "sample")}.");
        using (writer.BeginBlock($"private static void {Name(rows)}(ref float x, ref float w, {bias}{Sums}ref float y{_code.TapParameters})"))
        {
            code.DeclareRows(plan.Bias is null ? null : static row => ConvCode.Element("bias", row));
            _code.EmitTaps(() =>
            {
                if (plan.IsDepthwise)
                {
                    code.MultiplyAddRows("xk", block, "wk");
                    return;
                }

                code.Load("v", "xk");
                code.MultiplyAdd("wk", static row => row, "v");
            });

            writer.Blank();
            code.StoreActivated(plan.Conv.Activation, _keepsSums ? "z" : null, "y", block);
        }
    }
}
