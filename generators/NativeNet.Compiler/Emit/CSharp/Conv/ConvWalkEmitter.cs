using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>
/// What code for one sample of a convolution has in common, whatever its windows walk over: lanes over filters, several windows at
/// once, and functions that reach with the last vector of a window into the next one's place.
/// </summary>
/// <param name="writer">Gets the text.</param>
/// <param name="plan">The layer.</param>
/// <param name="stretches">The filters, by the tile that computes them.</param>
/// <param name="method">What the names of its methods end with, before the tile.</param>
internal abstract class ConvWalkEmitter(SourceWriter writer, ConvPlan plan, EquatableArray<FilterStretch> stretches, string method)
{
    /// <summary>Gets the text.</summary>
    protected SourceWriter Writer => writer;

    /// <summary>The layer.</summary>
    protected ConvPlan Plan => plan;

    /// <summary>The filters, by the tile that computes them.</summary>
    protected EquatableArray<FilterStretch> Stretches => stretches;

    /// <summary>Terms of the layer's code.</summary>
    protected ConvCode Code { get; } = new(writer, plan, 1);

    /// <summary>A long function is applied to all sums at the end: the last vector of a window holds sums of the next one.</summary>
    protected bool IsActivatedLater => InliningBudget.IsLong(plan.Conv.Activation);

    /// <summary>Where the taps of windows are, behind a comma, as the call of a tile is told.</summary>
    /// <param name="tile">The tile.</param>
    protected abstract string TapArguments(WindowTile tile);

    /// <summary>The tiles of so many windows side by side.</summary>
    protected EquatableArray<TileRun> Runs(int windows, int first = 0)
        => TileRun.Of(first, windows, plan.Groups == 1 ? stretches.Min(static part => part.Tile.Rows) : 1);

    /// <summary>The name of a tile's method.</summary>
    private string Name(WindowTile tile) => plan.Name + method + tile.Suffix;

    /// <summary>Writes the activation of all sums.</summary>
    protected void EmitActivation()
    {
        string lanes = stretches[0].Tile.LaneType;
        writer.Blank();
        writer.Write($"for (nuint i = 0; i < {plan.Conv.Output.Length}; i += {stretches[0].Tile.Lanes})");
        writer.Write($"    {ActivationCode.Forward(plan.Conv.Activation, lanes, $"{lanes}.Load(ref sums, i)")}.Store(ref sums, i);");
    }

    /// <summary>Writes the calls for all filters of a few windows.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="isColumn">Whether they lie below each other, and not side by side.</param>
    protected void EmitFilters(int windows, bool isColumn = false)
    {
        using (Code.BeginGroups())
        {
            // One group: the last filters first, since the rest of their vector belongs to what comes after.
            foreach (FilterStretch part in plan.Groups == 1 ? stretches.Reverse() : stretches)
                EmitCalls(new WindowTile(part, windows, isColumn));
        }
    }

    /// <summary>Writes the method of a tile.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="window">What its rows are, in a word.</param>
    /// <param name="tapParameters">What it is told of the taps, each behind a comma.</param>
    /// <param name="stride">Floats from the output of one window to that of the next.</param>
    /// <param name="emitTaps">Writes the loop over the taps.</param>
    protected void EmitTile(WindowTile tile, string window, string tapParameters, int stride, Action<TileWriter> emitTaps)
    {
        var code = new TileWriter(writer, tile.Tile);
        string bias = plan.Bias is null ? "" : "ref float bias, ";

        writer.Blank();
        writer.Write($"// {Literal.Count(tile.Windows, window)} × {Literal.Count(tile.Tile.Width, "filter")}{(tile.IsColumn ? ", below each other" : "")}.");
        using (writer.BeginBlock($"private static void {Name(tile)}(ref float x, ref float w, {bias}ref float y{tapParameters})"))
        {
            if (plan.Bias is not null)
                code.Load("b", "bias");
            code.Declare(plan.Bias is null ? null : static vector => FormattableString.Invariant($"b{vector}"));
            emitTaps(code);
            writer.Blank();
            code.StoreActivated(IsActivatedLater ? default : plan.Conv.Activation, null, "y", stride);
        }
    }

    /// <summary>Writes the products of one tap.</summary>
    /// <param name="code">The tile's code.</param>
    /// <param name="weights">The tap's weights.</param>
    /// <param name="step">Floats from the input of one window to that of the next.</param>
    protected void EmitProducts(TileWriter code, string weights, int step)
    {
        code.Load("v", weights);
        if (plan.IsDepthwise)
            code.MultiplyAddPlaces("xk", step, "v");
        else
            code.MultiplyAdd("xk", row => row * step, "v");
    }

    private void EmitCalls(WindowTile tile)
    {
        FilterStretch part = tile.Filters;
        string n = part.Count > part.Tile.Width ? "n" : FormattableString.Invariant($"{part.First}");
        string filter = ConvCode.Sum(n, Code.Group(plan.Filters));
        string x = plan.IsDepthwise ? n : Code.Group(plan.Channels);
        string bias = plan.Bias is { } own ? FormattableString.Invariant($"{ConvCode.At("parameters", ConvCode.Sum(ConvCode.Text(own.Offset), filter))}, ") : "";
        string call = $"{Name(tile)}({ConvCode.At("xo", x)}, {ConvCode.At("w", filter)}, {bias}{ConvCode.At("y", filter)}{TapArguments(tile)});";
        if (n != "n")
        {
            writer.Write(call);
            return;
        }

        writer.Write($"for (nuint n = {part.First}; n < {part.First + part.Count}; n += {part.Tile.Width})");
        using (writer.Indent())
            writer.Write(call);
    }
}
