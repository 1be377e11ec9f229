using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Conv;

/// <summary>
/// Writes a causal convolution over a stretch of a signal: lanes over filters, one broadcast a value, several frames at once,
/// taps in the ring of frames. Frames whose window begins before the signal are taken one by one, with fewer taps.
/// </summary>
internal sealed class ConvProcessEmitter(SourceWriter writer, ConvPlan plan, EquatableArray<FilterStretch> stretches)
    : ConvWalkEmitter(writer, plan, stretches, "Process")
{
    private readonly FrameHistory _history = plan.History!;
    private readonly int _frames = plan.Conv.Output.Positions, _kernel = plan.Conv.Window.Horizontal.Kernel, _dilation = plan.Conv.Window.Horizontal.Dilation;

    protected override string TapArguments => ", taps.Slot, taps.Count";

    public void Emit()
    {
        int rows = Plan.Groups == 1 ? Stretches.Min(static part => part.Tile.Rows) : 1, whole = _frames / rows * rows, rest = _frames - whole;
        Writer.Blank();
        Writer.Write($"// x: ({Plan.Conv.Input.ToString()}), y: ({Plan.Conv.Output.ToString()}), the next frames of a signal. The last vector of a frame reaches into the next one's place.");
        using (Writer.BeginBlock($"private static void {Plan.Name}Process(ref float x, ref float parameters, ref float stream, ref float y)"))
        {
            Writer.Write($"FrameRing ring = new(ref stream, new FrameRingShape({_history.Reach}, {_history.Most}, {_history.Channels}, {(int)_history.Values}), ref x, {_frames});");
            if (IsActivatedLater)
                Writer.Write("ref float sums = ref y;");
            if (_frames == 1)
            {
                EmitFrames(0, 1, 1);
            }
            else
            {
                using (Writer.BeginBlock("if (ring.IsFull)"))
                {
                    EmitFrames(0, whole, rows);
                    EmitFrames(whole, _frames, rest);
                }

                using (Writer.BeginBlock("else"))
                    EmitFrames(0, _frames, 1);
            }

            if (IsActivatedLater)
                EmitActivation();
        }

        foreach (int height in new[] { 1, whole > 0 ? rows : 0, rest }.Where(static height => height > 0).Distinct())
        {
            foreach (FilterStretch part in Stretches)
                EmitTile(part, part.Tile with { Rows = height });
        }
    }

    private void EmitFrames(int first, int end, int rows)
    {
        if (first == end)
            return;

        using (Writer.BeginBlock($"for (int frame = {first}; frame < {end}; frame += {rows})"))
        {
            Writer.Write($"FrameTaps taps = ring.Taps(frame, {_kernel}, {_dilation});");
            Writer.Write($"ref float xo = ref Unsafe.Add(ref stream, frame * {_history.Channels});");
            Writer.Write($"ref float w = ref Unsafe.Add(ref parameters, {Plan.Weights.Offset} + (taps.First * {Plan.TapProducts * Code.WeightStride}));");
            EmitFilters(rows);
        }
    }

    private void EmitTile(FilterStretch part, Tile tile)
        => EmitTile(part, tile, "frames", ", int slot, int taps", EmitTaps);

    private void EmitTaps(TileWriter code)
    {
        int step = Code.InputPosition;
        using (Writer.BeginBlock("for (; taps > 0; taps--)"))
        {
            Writer.Write($"ref float xk = ref Unsafe.Add(ref x, (nint)slot * {step});");
            using (Plan.TapProducts == 1 ? null : (IDisposable)Code.Begin("c", Plan.TapProducts, null))
            {
                EmitProducts(code, "w", step);
                Writer.Blank();
                if (Plan.TapProducts > 1)
                    Code.EmitAdvance("xk", 1);
                Code.EmitAdvance("w", Code.WeightStride);
            }

            Writer.Blank();
            Writer.Write($"slot += {_dilation};");
            Writer.Write($"slot = slot >= {_history.Frames} ? slot - {_history.Frames} : slot;");
        }
    }
}
