using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>
/// Writes a causal convolution over a stretch of a signal: lanes over filters, one broadcast a value, several frames at once,
/// taps in the ring of frames. Frames whose window begins before the signal are taken one by one, with fewer taps.
/// </summary>
internal sealed class ConvProcessEmitter(SourceWriter writer, ConvPlan plan, EquatableArray<FilterStretch> stretches)
{
    private readonly ConvCode _code = new(writer, plan, 1);
    private readonly FrameHistory _history = plan.History!;
    private readonly int _frames = plan.Conv.Output.Positions, _kernel = plan.Conv.Window.Horizontal.Kernel, _dilation = plan.Conv.Window.Horizontal.Dilation;

    /// <summary>A long function is applied to all sums at the end: the last vector of a frame holds sums of the next one.</summary>
    private bool IsActivatedLater => InliningBudget.IsLong(plan.Conv.Activation);

    public void Emit()
    {
        int rows = plan.Groups == 1 ? stretches.Min(static part => part.Tile.Rows) : 1, whole = _frames / rows * rows, rest = _frames - whole;
        writer.Blank();
        writer.Write($"// x: ({plan.Conv.Input.ToString()}), y: ({plan.Conv.Output.ToString()}), the next frames of a signal. The last vector of a frame reaches into the next one's place.");
        using (writer.BeginBlock($"private static void {plan.Name}Process(ref float x, ref float parameters, ref float stream, ref float y)"))
        {
            writer.Write($"FrameRing ring = new(ref stream, new FrameRingShape({_history.Reach}, {_history.Most}, {_history.Channels}, {(int)_history.Values}), ref x, {_frames});");
            if (IsActivatedLater)
                writer.Write("ref float sums = ref y;");
            if (_frames == 1)
            {
                EmitFrames(0, 1, 1);
            }
            else
            {
                using (writer.BeginBlock("if (ring.IsFull)"))
                {
                    EmitFrames(0, whole, rows);
                    EmitFrames(whole, _frames, rest);
                }

                using (writer.BeginBlock("else"))
                    EmitFrames(0, _frames, 1);
            }

            if (IsActivatedLater)
                EmitActivation();
        }

        foreach (int height in new[] { 1, whole > 0 ? rows : 0, rest }.Where(static height => height > 0).Distinct())
        {
            foreach (FilterStretch part in stretches)
                EmitTile(part, part.Tile with { Rows = height });
        }
    }

    private string Name(FilterStretch part, int rows)
        => FormattableString.Invariant($"{plan.Name}Process{(part.First > 0 ? "Last" : "")}{rows}x{part.Tile.Vectors}");

    private void EmitActivation()
    {
        string lanes = stretches[0].Tile.LaneType;
        writer.Blank();
        writer.Write($"for (nuint i = 0; i < {plan.Conv.Output.Length}; i += {stretches[0].Tile.Lanes})");
        writer.Write($"    {ActivationCode.Forward(plan.Conv.Activation, lanes, $"{lanes}.Load(ref sums, i)")}.Store(ref sums, i);");
    }

    private void EmitFrames(int first, int end, int rows)
    {
        if (first == end)
            return;

        using (writer.BeginBlock($"for (int frame = {first}; frame < {end}; frame += {rows})"))
        {
            writer.Write($"FrameTaps taps = ring.Taps(frame, {_kernel}, {_dilation});");
            writer.Write($"ref float xo = ref Unsafe.Add(ref stream, frame * {_history.Channels});");
            writer.Write($"ref float w = ref Unsafe.Add(ref parameters, {plan.Weights.Offset} + (taps.First * {plan.TapProducts * _code.WeightStride}));");
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
        string call = $"{Name(part, rows)}({ConvCode.At("xo", x)}, {ConvCode.At("w", filter)}, {bias}{ConvCode.At("y", filter)}, taps.Slot, taps.Count);";
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
        int step = _code.InputPosition;
        string bias = plan.Bias is null ? "" : "ref float bias, ";

        writer.Blank();
        writer.Write($"// {tile.Rows} frames × {tile.Width} filters.");
        using (writer.BeginBlock($"private static void {Name(part, tile.Rows)}(ref float x, ref float w, {bias}ref float y, int slot, int taps)"))
        {
            if (plan.Bias is not null)
                code.Load("b", "bias");
            code.Declare(plan.Bias is null ? null : static vector => FormattableString.Invariant($"b{vector}"));
            using (writer.BeginBlock("for (; taps > 0; taps--)"))
            {
                writer.Write($"ref float xk = ref Unsafe.Add(ref x, (nint)slot * {step});");
                using (plan.TapProducts == 1 ? null : (IDisposable)_code.Begin("c", plan.TapProducts, null))
                {
                    code.Load("v", "w");
                    if (plan.IsDepthwise)
                        code.MultiplyAddPlaces("xk", step, "v");
                    else
                        code.MultiplyAdd("xk", row => row * step, "v");
                    writer.Blank();
                    if (plan.TapProducts > 1)
                        _code.EmitAdvance("xk", 1);
                    _code.EmitAdvance("w", _code.WeightStride);
                }

                writer.Blank();
                writer.Write($"slot += {_dilation};");
                writer.Write($"slot = slot >= {_history.Frames} ? slot - {_history.Frames} : slot;");
            }

            writer.Blank();
            code.StoreActivated(IsActivatedLater ? default : plan.Conv.Activation, null, "y", _code.OutputPosition);
        }
    }
}
