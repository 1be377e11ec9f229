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

    protected override string TapArguments(WindowTile tile) => ", taps.Slot, taps.Count";

    public void Emit()
    {
        EquatableArray<TileRun> runs = Runs(_frames);
        Writer.Blank();
        Writer.Write($"// x: ({Plan.Conv.Input.ToString()}), y: ({Plan.Conv.Output.ToString()}), the next frames of a signal. The last vector of a frame reaches into the next one's place.");
        using (Writer.BeginBlock($"private static void {Plan.Name}Process(ref float x, ref float parameters, ref float stream, ref float y)"))
        {
            Writer.Write($"FrameRing ring = new(ref stream, new FrameRingShape({_history.Reach}, {_history.Most}, {_history.Channels}, {(int)_history.Values}), ref x, {_frames});");
            if (IsActivatedLater)
                Writer.Write("ref float sums = ref y;");
            if (_frames == 1)
            {
                EmitFrames(new TileRun(0, 1, 1));
            }
            else
            {
                using (Writer.BeginBlock("if (ring.IsFull)"))
                {
                    foreach (TileRun run in runs)
                        EmitFrames(run);
                }

                using (Writer.BeginBlock("else"))
                    EmitFrames(new TileRun(0, _frames, 1));
            }

            if (IsActivatedLater)
                EmitActivation();
        }

        foreach (int height in runs.Select(static run => run.Rows).Append(1).Distinct())
        {
            foreach (FilterStretch part in Stretches)
                EmitTile(new WindowTile(part, height, IsColumn: false));
        }
    }

    private void EmitFrames(TileRun run)
    {
        using (Writer.BeginBlock($"for (int frame = {run.First}; frame < {run.End}; frame += {run.Rows})"))
        {
            Writer.Write($"FrameTaps taps = ring.Taps(frame, {_kernel}, {_dilation});");
            Writer.Write($"ref float xo = ref Unsafe.Add(ref stream, frame * {_history.Channels});");
            Writer.Write($"ref float w = {Code.Weight("taps.First")};");
            EmitFilters(run.Rows);
            Writer.Blank();
            Code.EmitAdvance("y", run.Rows * Code.OutputPosition);
        }
    }

    private void EmitTile(WindowTile tile)
        => EmitTile(tile, "frame", ", int slot, int taps", Code.OutputPosition, code => EmitTaps(code, tile.Windows));

    /// <summary>One frame waits for its own sums: a loop of few instructions lets the next call begin meanwhile.</summary>
    private void EmitTaps(TileWriter code, int rows)
    {
        int step = Code.InputPosition, products = Plan.TapProducts, atOnce = rows > 1 || Plan.IsDepthwise ? 1 : products % 8 == 0 ? 8 : products % 4 == 0 ? 4 : 1;
        using (Writer.BeginBlock("for (; taps > 0; taps--)"))
        {
            Writer.Write($"ref float xk = ref Unsafe.Add(ref x, (nint)slot * {step});");
            using (products == atOnce ? null : (IDisposable)Code.Begin("c", products, null, atOnce))
            {
                if (atOnce == 1)
                    EmitProducts(code, "w", step);
                else
                    EmitProducts(code, atOnce);
                Writer.Blank();
                if (products > atOnce)
                    Code.EmitAdvance("xk", atOnce);
                Code.EmitAdvance("w", atOnce * Code.WeightStride);
            }

            Writer.Blank();
            Writer.Write($"slot += {_dilation};");
            Writer.Write($"slot = slot >= {_history.Frames} ? slot - {_history.Frames} : slot;");
        }
    }

    private void EmitProducts(TileWriter code, int count)
    {
        for (int product = 0; product < count; product++)
        {
            using (Writer.BeginBlock())
                code.MultiplyAddRows("w", Code.WeightStride, "xk", product);
        }
    }
}
