using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>
/// Writes the weight gradient with lanes over samples, which are the chains of its sums, and hands every tile of it to the
/// update rule.
/// </summary>
internal sealed class ConvUpdateEmitter(SourceWriter writer, ConvPlan plan, Tile tile, int block)
{
    private const string Constraint = "    where TRule : struct, IUpdateRule<TRule>";

    private readonly ConvCode _code = new(writer, plan, block);

    /// <summary>What packs the channels of the tiles; null where they are taken from their own places, or are a depthwise layer's.</summary>
    private readonly ConvPackEmitter? _pack = plan.PacksChannels ? new(writer, plan, plan.Packed(tile)!, tile, block) : null;

    private Window2D Window => plan.UpdateWindow;

    /// <summary>Rows of windows that are summed at once.</summary>
    private int Strip => _pack?.Rows ?? plan.Strip;

    /// <summary>Floats from one position of the image to the next, and from one channel to the next.</summary>
    private (int Position, int Channel) Input => _pack is null ? (_code.InputPosition, block) : (_pack.Samples, _pack.InputChannel);

    /// <summary>Floats from one window to the next, and from the gradients of one filter to those of the next.</summary>
    private (int Position, int Filter) Output => _pack is null ? (_code.OutputPosition, block) : (_pack.Samples, _pack.OutputChannel);

    /// <summary>Floats of the chains of one tile of products.</summary>
    private int TileChains => tile.Rows * Columns * 16;

    /// <summary>Whether all runs have the same windows; else each tap has its own, cut off at the edges.</summary>
    private bool IsWhole => plan.HasWholeRows && plan.IsInside;

    private int Columns => plan.UpdateColumns;

    private string ColumnParameter => IsWhole ? "" : ", nuint columns";

    private string ColumnArgument => IsWhole ? "" : ", columns";

    /// <summary>The products of the last tile of a run where it is shorter, else 0.</summary>
    private int RestRows => plan.Run % tile.Rows;

    /// <summary>The filters of the last register tile where it is narrower, else 0.</summary>
    private int RestFilters => plan.Filters % tile.Vectors;

    public void Emit()
    {
        writer.Blank();
        writer.Write($"// {plan.Name} update: ∂w = Σ x · ∂y and ∂bias = Σ ∂y over samples and windows, in 16 chains of samples, applied when the batch is summed.");
        writer.Write($"// x: (blocks, {plan.Conv.Input.ToString()}, {block} samples); ∂y: (blocks, {plan.Conv.Output.ToString()}, {block} samples).");
        writer.Write($"internal static void {plan.Name}Update<TRule>(ref float x, ref float gradient, ref float parameters, ref float state, in TRule rule, ref float tile, WorkRange tiles, SampleShare samples)");
        using (writer.BeginBlock(Constraint))
        {
            writer.Write($"ref float chains = ref Unsafe.Add(ref tile, {plan.TileLength});");
            using (writer.BeginBlock($"for (nuint t = tiles.Start; t < tiles.End; t += {plan.TilesAtOnce(tile)})"))
            using (writer.BeginBlock($"for (nuint n = 0; n < {_code.WeightStride}; n += {Columns})"))
            {
                writer.Write($"nuint end = nuint.Min(t + {plan.TilesAtOnce(tile)}, tiles.End), filters = nuint.Min({Columns}, {plan.Conv.Filters} - n);");
                writer.Write($"int sums = (int)(end - t) * {tile.Rows * Columns}{(plan.PacksBias ? $" + (end == {plan.TilesOfProducts(tile)} ? {Columns} : 0)" : "")};");
                writer.Write($"{plan.Name}Sums(ref x, ref gradient, ref chains, t, end, n, filters, sums, samples);");
                writer.Write("if (!samples.End(ref chains, sums))");
                writer.Write("    continue;");
                writer.Blank();
                EmitApply();
                EmitPackedBias();
            }

            EmitBias();
        }

        if (plan.TakesKernelRows)
        {
            new ConvPackedSumsEmitter(writer, plan, plan.Packed(tile)!, tile, block).Emit();
            return;
        }

        EmitSums();
        EmitTileOfProducts();
        foreach (int rows in new[] { tile.Rows, RestRows }.Where(static rows => rows > 0))
        {
            foreach (int filters in new[] { tile.Vectors, RestFilters }.Where(static filters => filters > 0))
                EmitChains(rows, filters);
        }
    }

    private string ChainsName(int rows, int filters) => FormattableString.Invariant($"{plan.Name}Chains{rows}x{filters}");

    /// <summary>Hands the sums to the rule, one tile of products after the other.</summary>
    private void EmitApply()
    {
        using (writer.BeginBlock("for (nuint i = t; i < end; i++)"))
        {
            EmitProduct("i");
            string rows = RestRows == 0 ? FormattableString.Invariant($"{tile.Rows}") : "rows";
            if (RestRows > 0)
                writer.Write($"int rows = Math.Min({tile.Rows}, {plan.Run} - (int)product);");
            writer.Write($"MemoryMarshal.CreateSpan(ref tile, {rows} * {Columns}).Clear();");
            writer.Write($"SampleChains.Fold(ref Unsafe.Add(ref chains, (i - t) * {TileChains}), {rows}, {Columns}, (int)filters, ref tile);");
            writer.Write($"ParameterUpdate.Apply<TRule, {LaneTypeOfColumns()}>(in rule, ref tile, {(RestRows == 0 ? rows : "(nuint)rows")}, {Columns}, ref parameters, ref state, {ConvCode.Sum(ConvCode.Text(plan.Weights.Offset), $"((run * {ConvCode.Text(plan.Run)}) + product) * {ConvCode.Text(_code.WeightStride)}", "n")}, {_code.WeightStride}, TrainedLength);");
        }
    }

    /// <summary>The run that a tile of products belongs to, and its first product there. Packed channels meet all taps before others are packed.</summary>
    private void EmitProduct(string t)
    {
        int tiles = (plan.Run + tile.Rows - 1) / tile.Rows;
        writer.Write(plan.Runs == 1 ? $"nuint run = 0, product = {t} * {tile.Rows};"
            : tiles == 1 ? $"nuint run = {t}, product = 0;"
            : _pack is null ? $"nuint run = {t} / {tiles}, product = {t} % {tiles} * {tile.Rows};"
            : $"nuint run = {t} % {plan.Runs}, product = {t} / {plan.Runs} * {tile.Rows};");
    }

    /// <summary>Hands the sums of the biases to the rule where they are summed with the last tile of products.</summary>
    private void EmitPackedBias()
    {
        if (!plan.PacksBias)
            return;

        writer.Write($"if (end == {plan.TilesOfProducts(tile)})");
        writer.Write($"    BiasUpdate.ApplyChains(in rule, ref Unsafe.Add(ref chains, (end - t) * {TileChains}), filters, ref tile, ref parameters, ref state, {ConvCode.Sum(ConvCode.Text(plan.Bias!.Offset), "n")}, TrainedLength);");
    }

    /// <summary>Sums the gradients of the biases by themselves.</summary>
    private void EmitBias()
    {
        if (plan.Bias is not { } bias || plan.PacksBias)
            return;

        writer.Blank();
        writer.Write($"if (tiles.HasLast({plan.TilesOfProducts(tile)}))");
        writer.Write($"    BiasUpdate.Apply<TRule, {tile.LaneType}>(in rule, ref gradient, new ChannelBatch({Window.OutputPositions}, {plan.Conv.Filters}, {block}, samples), ref tile, ref parameters, ref state, {bias.Offset}, TrainedLength);");
    }

    /// <summary>The sums over the batch.</summary>
    private void EmitSums()
    {
        string call = $"ref Unsafe.Add(ref chains, (t - first) * {TileChains}), t, row, ";
        if (_pack is null)
        {
            _code.EmitSums(tile, "", Strip, () =>
            {
                writer.Write("for (nuint t = first; t < end; t++)");
                writer.Write($"    {plan.Name}Tile(ref xb, ref dyb, {call}n, filters);");
            });
            return;
        }

        string taps = plan.Runs == 1 ? "" : FormattableString.Invariant($" / {plan.Runs}");
        _code.EmitSums(
            tile, ", strip by packed strip", Strip,
            () =>
            {
                _pack.EmitRows();
                _pack.EmitImage("channel", "channels");
                _pack.EmitGradients("n", "filters");
                _pack.EmitBias("0", "filters");
                writer.Write("for (nuint t = first; t < end; t++)");
                writer.Write($"    {plan.Name}Tile(ref Unsafe.Subtract(ref image, channel * {_pack.InputChannel}), ref gradients, {call}top, filters);");
            },
            _pack.Places,
            $"nuint channel = first{taps} * {tile.Rows}, channels = nuint.Min((((end - 1){taps}) + 1) * {tile.Rows}, {plan.Channels}) - channel;");
    }

    /// <summary>One tile of products over a few rows of windows, for a few filters at a time.</summary>
    private void EmitTileOfProducts()
    {
        writer.Blank();
        writer.Write($"// One tile of products over up to {Strip} rows of windows.");
        using (writer.BeginBlock($"private static void {plan.Name}Tile(ref float x, ref float dy, ref float chains, nuint t, int row, {(_pack is null ? "nuint n" : "int top")}, nuint filters)"))
        {
            EmitProduct("t");
            EmitStart();
            writer.Write("nuint f = 0;");
            if (RestRows == 0)
            {
                EmitFilters(tile.Rows);
                return;
            }

            using (writer.BeginBlock($"if (product + {tile.Rows} <= {plan.Run})"))
                EmitFilters(tile.Rows);
            using (writer.BeginBlock("else"))
                EmitFilters(RestRows);
        }
    }

    /// <summary>Where the image and the gradients begin that a tile sums, and how many rows, and columns, of windows it has.</summary>
    private void EmitStart()
    {
        string product = $"product * {Input.Channel}";
        if (!IsWhole)
        {
            string image = _pack is null ? "windows.FirstInput" : $"(windows.FirstInput - (top * {Window.Horizontal.Input}))";
            string gradients = _pack is null ? "windows.First" : $"(windows.First - (row * {Window.Horizontal.Output}))";
            writer.Write($"TapWindows windows = new({plan.WindowName}, (int)run, row, {Strip});");
            writer.Write("nuint rows = (nuint)windows.Rows, columns = (nuint)windows.Columns;");
            writer.Write($"x = ref Unsafe.Add(ref Unsafe.Add(ref x, {image} * {Input.Position}), {product});");
            writer.Write($"dy = ref Unsafe.Add(ref dy, {gradients} * {Output.Position});");
            return;
        }

        // What is packed begins with the strip; in its own place, a strip has others before it.
        int rowStep = Window.Horizontal.Input * Input.Position;
        string strip = _pack is null ? ConvCode.Times("(nuint)row", Window.Vertical.Stride * rowStep) : "";
        string run = plan.Runs == 1 ? "" : ConvCode.Times("run", Window.Vertical.Dilation * rowStep);
        writer.Write($"nuint rows = (nuint)Math.Min({Strip}, {Window.Vertical.Output} - row);");
        writer.Write($"x = {ConvCode.At("x", ConvCode.Sum(strip, run, product))};");
        if (_pack is null)
            writer.Write($"dy = ref Unsafe.Add(ref dy, row * {Window.Horizontal.Output * Output.Position});");
    }

    private void EmitFilters(int rows)
    {
        writer.Write($"for (; f + {tile.Vectors} <= filters; f += {tile.Vectors})");
        EmitCall(rows, tile.Vectors);
        if (RestFilters == 0)
            return;

        writer.Write("if (f < filters)");
        EmitCall(rows, RestFilters);
    }

    /// <summary>The call for a few filters, below the loop or the condition that it belongs to.</summary>
    private void EmitCall(int rows, int filters)
    {
        int group = Math.Min(block, 16);
        string lane = tile.Lanes < group ? "lane" : "";
        string x = plan.IsDepthwise ? FormattableString.Invariant($"(n + f) * {block}")
            : plan.Groups == 1 ? "" : FormattableString.Invariant($"(n + f) / {plan.Filters} * {plan.Channels * block}");
        string dy = ConvCode.Times(_pack is null ? "(n + f)" : "f", Output.Filter);
        using (writer.Indent())
            _code.EmitStretches("lane", group, tile.Lanes, $"{ChainsName(rows, filters)}({ConvCode.At("x", ConvCode.Sum(x, lane))}, {ConvCode.At("dy", ConvCode.Sum(dy, lane))}, {ConvCode.At("chains", ConvCode.Sum("f * 16", lane))}, rows{ColumnArgument});");
    }

    /// <summary>The windows of one vector of samples.</summary>
    private void EmitChains(int rows, int filters)
    {
        Tile own = tile with { Rows = rows, Vectors = filters };
        var code = new TileWriter(writer, own, vector => vector * Output.Filter);
        int across = Window.Horizontal.Stride * Input.Position, down = Window.Vertical.Stride * Window.Horizontal.Input * Input.Position;

        writer.Blank();
        writer.Write($"// {Literal.Count(rows, "product")} × {Literal.Count(filters, "filter")} × {Literal.Count(tile.Lanes, "chain")}.");
        using (writer.BeginBlock($"private static void {ChainsName(rows, filters)}(ref float x, ref float dy, ref float chains, nuint rows{ColumnParameter})"))
        {
            code.DeclareFrom("chains", Columns * 16, 16);
            using (_code.Begin("row", 0, "rows"))
            {
                if (plan.IsPointwise)
                {
                    EmitWindow(code, "x", "dy");
                }
                else
                {
                    writer.Write("ref float xk = ref x, dyk = ref dy;");
                    using (_code.Begin("column", Window.Horizontal.Output, IsWhole ? null : "columns"))
                    {
                        EmitWindow(code, "xk", "dyk");
                        writer.Blank();
                        _code.EmitAdvance("xk", across);
                        _code.EmitAdvance("dyk", Output.Position);
                    }
                }

                writer.Blank();
                _code.EmitAdvance("x", down);
                _code.EmitAdvance("dy", Window.Horizontal.Output * Output.Position);
            }

            writer.Blank();
            code.StoreTo("chains", Columns * 16, 16);
        }
    }

    private void EmitWindow(TileWriter code, string x, string gradient)
    {
        code.Load("d", gradient);
        if (plan.IsDepthwise)
            code.MultiplyAddPlaces(x, 0, "d");
        else
            code.MultiplyAdd(x, row => row * Input.Channel, "d", isVector: true);
    }

    /// <summary>The widest lanes that divide the columns of a call of the rule.</summary>
    private string LaneTypeOfColumns()
        => Columns % 16 == 0 && tile.Lanes == 16 ? "Lanes512" : Columns % 8 == 0 && tile.Lanes >= 8 ? "Lanes256" : "Lanes128";
}
