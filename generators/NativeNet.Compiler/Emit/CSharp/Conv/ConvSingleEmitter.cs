using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>
/// Writes the forward pass of one sample: lanes over filters, one broadcast a value of the image, several windows of a row at
/// once where none of them reaches over the left or the right edge.
/// </summary>
internal sealed class ConvSingleEmitter(SourceWriter writer, ConvPlan plan, EquatableArray<FilterStretch> stretches)
{
    private readonly ConvCode _code = new(writer, plan, 1);

    public void Emit()
    {
        (int first, int end) = plan.Conv.Window.Horizontal.Interior();
        int rows = plan.Groups == 1 ? stretches.Min(static part => part.Tile.Rows) : 1;
        int wholeEnd = first + ((end - first) / rows * rows), rest = end - wholeEnd, windows = plan.Conv.Window.Horizontal.Output;

        writer.Blank();
        writer.Write($"// One sample; x: ({plan.Conv.Input.ToString()}), y: ({plan.Conv.Output.ToString()}). The last vector of a window reaches into the next one's place.");
        using (writer.BeginBlock($"private static void {plan.Name}Single(ref float x, ref float parameters, ref float y)"))
        {
            if (IsActivatedLater)
                writer.Write("ref float sums = ref y;");
            using (writer.BeginBlock($"for (int oy = 0; oy < {plan.Conv.Window.Vertical.Output}; oy++)"))
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
            foreach (FilterStretch part in stretches)
                EmitTile(part, part.Tile with { Rows = height });
        }
    }

    /// <summary>A long function is applied to all sums at the end: the last vector of a window holds sums of the next one.</summary>
    private bool IsActivatedLater => InliningBudget.IsLong(plan.Conv.Activation);

    private void EmitActivation()
    {
        string lanes = stretches[0].Tile.LaneType;
        writer.Blank();
        writer.Write($"for (nuint i = 0; i < {plan.Conv.Output.Length}; i += {stretches[0].Tile.Lanes})");
        writer.Write($"    {ActivationCode.Forward(plan.Conv.Activation, lanes, $"{lanes}.Load(ref sums, i)")}.Store(ref sums, i);");
    }

    private string Name(FilterStretch part, int rows)
        => FormattableString.Invariant($"{plan.Name}Single{(part.First > 0 ? "Last" : "")}{rows}x{part.Tile.Vectors}");

    private void EmitWindows(int first, int end, int rows)
    {
        if (first == end)
            return;

        using (writer.BeginBlock($"for (int ox = {first}; ox < {end}; ox += {rows})"))
        {
            _code.EmitWindow("ox");
            using (_code.BeginGroups())
            {
                // One group: the last filters first, since the rest of their vector belongs to what comes after.
                foreach (FilterStretch part in plan.Groups == 1 ? stretches.Reverse() : stretches)
                    EmitCalls(part, rows);
            }

            writer.Blank();
            _code.EmitAdvance("y", rows * _code.OutputPosition);
        }
    }

    private void EmitCalls(FilterStretch part, int rows)
    {
        string n = part.Count > part.Tile.Width ? "n" : FormattableString.Invariant($"{part.First}");
        string filter = ConvCode.Sum(n, _code.Group(plan.Filters));
        string x = plan.IsDepthwise ? n : _code.Group(plan.Channels);
        string bias = plan.Bias is { } own ? FormattableString.Invariant($"{ConvCode.At("parameters", ConvCode.Sum(FormattableString.Invariant($"{own.Offset}"), filter))}, ") : "";
        string call = $"{Name(part, rows)}({ConvCode.At("xo", x)}, {ConvCode.At("w", filter)}, {bias}{ConvCode.At("y", filter)}{_code.TapArguments});";
        if (n != "n")
        {
            writer.Write(call);
            return;
        }

        writer.Write($"for (nuint n = {part.First}; n < {part.First + part.Count}; n += {part.Tile.Width})");
        using (writer.Indent())
            writer.Write(call);
    }

    private void EmitTile(FilterStretch part, Tile tile)
    {
        var code = new TileWriter(writer, tile);
        int step = plan.Conv.Window.Horizontal.Stride * _code.InputPosition;
        string bias = plan.Bias is null ? "" : "ref float bias, ";

        writer.Blank();
        writer.Write($"// {tile.Rows} windows × {tile.Width} filters.");
        using (writer.BeginBlock($"private static void {Name(part, tile.Rows)}(ref float x, ref float w, {bias}ref float y{_code.TapParameters})"))
        {
            if (plan.Bias is not null)
                code.Load("b", "bias");
            code.Declare(plan.Bias is null ? null : static vector => FormattableString.Invariant($"b{vector}"));
            _code.EmitTaps(() =>
            {
                code.Load("v", "wk");
                if (plan.IsDepthwise)
                    code.MultiplyAddPlaces("xk", step, "v");
                else
                    code.MultiplyAdd("xk", row => row * step, "v");
            });

            writer.Blank();
            code.StoreActivated(IsActivatedLater ? default : plan.Conv.Activation, null, "y", _code.OutputPosition);
        }
    }
}
