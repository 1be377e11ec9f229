using System.Runtime.CompilerServices;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>
/// The sums of one sample: lanes over filters, rows are windows side by side, one at a time where a window reaches over the
/// left or the right edge.
/// </summary>
internal static class ConvSingle
{
    /// <summary>The sums of one sample.</summary>
    /// <typeparam name="TLanes">The greatest width; few filters take a smaller one.</typeparam>
    /// <param name="x">(positions, channels), with room for a vector behind it.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="z">(windows, filters), overwritten.</param>
    /// <param name="shape">The layer.</param>
    public static void Run<TLanes>(ref float x, ref float parameters, ref float z, ConvShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        if (shape.WeightStride % TLanes.Count == 0)
            RunWindows<TLanes>(ref x, ref parameters, ref z, shape);
        else if (shape.WeightStride % Lanes256.Count == 0)
            RunWindows<Lanes256>(ref x, ref parameters, ref z, shape);
        else
            RunWindows<Lanes128>(ref x, ref parameters, ref z, shape);
    }

    private static void RunWindows<TLanes>(ref float x, ref float parameters, ref float z, ConvShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        (int first, int end) = shape.Window.Horizontal.Interior();
        int windows;
        for (int oy = 0; oy < shape.Window.Vertical.Output; oy++)
        {
            for (int ox = 0; ox < shape.Window.Horizontal.Output; ox += windows)
            {
                windows = ox >= first && ox < end ? Math.Min(TileRows.Most, end - ox) : 1;
                var taps = new WindowTaps(shape.Window, oy, ox);
                ConvTile.Run<TLanes, ImageTaps>(
                    ref Unsafe.Add(ref x, (nint)taps.First * shape.Window.Channels), ref parameters, ref z, new ImageTaps(taps), windows, shape);
                z = ref Unsafe.Add(ref z, (nint)windows * shape.Filters);
            }
        }
    }
}
