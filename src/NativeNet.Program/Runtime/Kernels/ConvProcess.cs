using System.Runtime.CompilerServices;
using NativeNet.Description;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>
/// The sums of a stretch of a signal that goes on: lanes over filters, rows are frames, one at a time where a window begins
/// before the signal.
/// </summary>
internal static class ConvProcess
{
    /// <summary>The sums of a stretch.</summary>
    /// <typeparam name="TLanes">The greatest width; few filters take a smaller one.</typeparam>
    /// <param name="x">(frames, channels).</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="stream">The ring of frames, brought up to date.</param>
    /// <param name="z">(frames, filters), overwritten.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="ring">The shape of the ring.</param>
    public static void Run<TLanes>(ref float x, ref float parameters, ref float stream, ref float z, ConvShape shape, FrameRingShape ring)
        where TLanes : struct, ILanes<TLanes>
    {
        if (shape.WeightStride % TLanes.Count == 0)
            RunFrames<TLanes>(ref x, ref parameters, ref stream, ref z, shape, ring);
        else if (shape.WeightStride % Lanes256.Count == 0)
            RunFrames<Lanes256>(ref x, ref parameters, ref stream, ref z, shape, ring);
        else
            RunFrames<Lanes128>(ref x, ref parameters, ref stream, ref z, shape, ring);
    }

    private static void RunFrames<TLanes>(ref float x, ref float parameters, ref float stream, ref float z, ConvShape shape, FrameRingShape size)
        where TLanes : struct, ILanes<TLanes>
    {
        WindowAxis axis = shape.Window.Horizontal;
        var ring = new FrameRing(ref stream, size, ref x, axis.Output);
        int frames;
        for (int frame = 0; frame < axis.Output; frame += frames)
        {
            frames = ring.IsFull ? Math.Min(TileRows.Most, axis.Output - frame) : 1;
            var taps = new RingTaps(ring.Taps(frame, axis.Kernel, axis.Dilation), size.Frames);
            ConvTile.Run<TLanes, RingTaps>(ref Unsafe.Add(ref stream, (nint)frame * size.Channels), ref parameters, ref z, taps, frames, shape);
            z = ref Unsafe.Add(ref z, (nint)frames * shape.Filters);
        }
    }
}
