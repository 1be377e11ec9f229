using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>The sums of windows side by side of one sample: lanes over filters, a row a window.</summary>
internal static class ConvTile
{
    /// <summary>The sums of all filters.</summary>
    /// <remarks>
    /// A vector that would reach behind the weights of a product begins earlier; of every vector only the sums of its own
    /// group are kept.
    /// </remarks>
    /// <typeparam name="TLanes">The width, which divides the rows of the weights.</typeparam>
    /// <typeparam name="TTaps">How taps lie.</typeparam>
    /// <param name="x">Where the first window's taps are counted from, with room for a vector behind the last.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="z">(windows, filters), overwritten.</param>
    /// <param name="taps">The taps that the windows have in common.</param>
    /// <param name="windows">How many windows, at most <see cref="TileRows.Most"/>.</param>
    /// <param name="shape">The layer.</param>
    [SkipLocalsInit]
    public static void Run<TLanes, TTaps>(ref float x, ref float parameters, ref float z, TTaps taps, int windows, ConvShape shape)
        where TLanes : struct, ILanes<TLanes>
        where TTaps : struct, IConvTaps
    {
        Span<float> room = stackalloc float[TileRows.Most * TLanes.Count];
        var all = new TileRows(TileRows.Most, TLanes.Count);
        var rows = new TileRows(windows, (nint)shape.Window.Horizontal.Stride * shape.Window.Channels);
        ref float weights = ref Unsafe.Add(ref parameters, shape.Weights + ((nint)taps.First * shape.TapProducts * shape.WeightStride));
        int filters;
        for (int n = 0; n < shape.Filters; n += filters)
        {
            int start = Math.Min(n, shape.WeightStride - TLanes.Count);
            filters = Math.Min(start + TLanes.Count, (shape.GroupOf(n) + 1) * shape.GroupFilters) - n;
            var tile = new SumTile<TLanes>(shape.Biases < 0 ? TLanes.Create(0) : TLanes.Load(ref parameters, (nuint)(shape.Biases + start)));
            taps.AddTo(ref tile, ref Unsafe.Add(ref x, shape.IsDepthwise ? start : shape.ChannelOf(n)), ref Unsafe.Add(ref weights, start), rows, shape);
            tile.Store(ref MemoryMarshal.GetReference(room), all);
            for (int window = 0; window < windows; window++)
            {
                room.Slice((window * TLanes.Count) + n - start, filters)
                    .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref z, ((nint)window * shape.Filters) + n), filters));
            }
        }
    }
}
