using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
                RunTile<TLanes>(ref Unsafe.Add(ref x, (nint)taps.First * shape.Window.Channels), ref parameters, ref z, taps, windows, shape);
                z = ref Unsafe.Add(ref z, (nint)windows * shape.Filters);
            }
        }
    }

    /// <summary>
    /// A vector that would reach behind the weights of a product begins earlier; of every vector only the sums of its own
    /// group are kept.
    /// </summary>
    [SkipLocalsInit]
    private static void RunTile<TLanes>(ref float x, ref float parameters, ref float z, in WindowTaps taps, int windows, ConvShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> room = stackalloc float[TileRows.Most * TLanes.Count];
        var all = new TileRows(TileRows.Most, TLanes.Count);
        var rows = new TileRows(windows, (nint)shape.Window.Horizontal.Stride * shape.Window.Channels);
        ref float weights = ref Unsafe.Add(ref parameters, shape.Weights + ((nint)taps.FirstTap * shape.TapProducts * shape.WeightStride));
        int filters;
        for (int n = 0; n < shape.Filters; n += filters)
        {
            int start = Math.Min(n, shape.WeightStride - TLanes.Count);
            filters = Math.Min(start + TLanes.Count, (shape.GroupOf(n) + 1) * shape.GroupFilters) - n;
            var tile = new SumTile<TLanes>(shape.Biases < 0 ? TLanes.Create(0) : TLanes.Load(ref parameters, (nuint)(shape.Biases + start)));
            AddTaps(ref tile, ref Unsafe.Add(ref x, shape.IsDepthwise ? start : shape.ChannelOf(n)), ref Unsafe.Add(ref weights, start), rows, taps, shape);
            tile.Store(ref MemoryMarshal.GetReference(room), all);
            for (int window = 0; window < windows; window++)
            {
                room.Slice((window * TLanes.Count) + n - start, filters)
                    .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref z, ((nint)window * shape.Filters) + n), filters));
            }
        }
    }

    private static void AddTaps<TLanes>(ref SumTile<TLanes> tile, ref float x, ref float w, in TileRows rows, in WindowTaps taps, ConvShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        nint columnStep = (nint)shape.Window.Horizontal.Dilation * shape.Window.Channels;
        nint rowStep = (nint)shape.Window.Vertical.Dilation * shape.Window.Horizontal.Input * shape.Window.Channels;
        nint tap = (nint)shape.TapProducts * shape.WeightStride, stride = shape.WeightStride;
        for (int row = 0; row < taps.Rows; row++)
        {
            if (shape.IsDepthwise)
            {
                tile.AddVectors(ref w, stride, ref x, rows, columnStep, taps.Columns);
            }
            else if (shape.HasWholeRows)
            {
                tile.Add(ref x, rows, 1, ref w, stride, taps.Columns * shape.TapProducts);
            }
            else
            {
                for (int column = 0; column < taps.Columns; column++)
                    tile.Add(ref Unsafe.Add(ref x, column * columnStep), rows, 1, ref Unsafe.Add(ref w, column * tap), stride, shape.TapProducts);
            }

            x = ref Unsafe.Add(ref x, rowStep);
            w = ref Unsafe.Add(ref w, shape.Window.Horizontal.Kernel * tap);
        }
    }
}
