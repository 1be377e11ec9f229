using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>
/// A transposed convolution of one sample: lanes over filters, rows are positions a stride apart, which neighbouring windows see
/// through the same taps.
/// </summary>
internal static class ConvTransposeSingle
{
    /// <summary>z = bias + Σ x · w.</summary>
    /// <typeparam name="TLanes">The greatest width; few filters take a smaller one.</typeparam>
    /// <param name="x">(windows, channels).</param>
    /// <param name="z">(positions, filters), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    public static void Forward<TLanes>(ref float x, ref float z, ref float parameters, in ConvTransposeShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        if (shape.WeightStride % TLanes.Count == 0)
            RunPositions<TLanes>(ref x, ref z, ref parameters, shape);
        else if (shape.WeightStride % Lanes256.Count == 0)
            RunPositions<Lanes256>(ref x, ref z, ref parameters, shape);
        else
            RunPositions<Lanes128>(ref x, ref z, ref parameters, shape);
    }

    private static void RunPositions<TLanes>(ref float x, ref float z, ref float parameters, in ConvTransposeShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        int width = shape.Window.Horizontal.Input, stride = shape.Window.Horizontal.Stride;
        for (int iy = 0; iy < shape.Window.Vertical.Input; iy++)
        {
            for (int first = 0; first < Math.Min(stride, width); first++)
            {
                int positions;
                for (int ix = first; ix < width; ix += positions * stride)
                {
                    var readers = new WindowReaders(shape.Window, iy, ix);
                    positions = Alike(shape, ix);
                    RunTile<TLanes>(
                        ref Unsafe.Add(ref x, (nint)readers.First * shape.Channels), ref Unsafe.Add(ref z, (((nint)iy * width) + ix) * shape.Filters),
                        ref parameters, readers, positions, shape);
                }
            }
        }
    }

    /// <summary>The positions from one on, a stride apart, that are seen through the same taps, at most those of a tile.</summary>
    private static int Alike(in ConvTransposeShape shape, int first)
    {
        (int Tap, int Count) taps = shape.Window.Horizontal.Readers(first);
        int stride = shape.Window.Horizontal.Stride, positions = 1;
        while (positions < TileRows.Most && first + (positions * stride) < shape.Window.Horizontal.Input
            && shape.Window.Horizontal.Readers(first + (positions * stride)) == taps)
        {
            positions++;
        }

        return positions;
    }

    /// <summary>A vector that would reach behind the weights of a product begins earlier; only its new sums are kept.</summary>
    [SkipLocalsInit]
    private static void RunTile<TLanes>(
        ref float x, ref float z, ref float parameters, in WindowReaders readers, int positions, in ConvTransposeShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> room = stackalloc float[TileRows.Most * TLanes.Count];
        var all = new TileRows(TileRows.Most, TLanes.Count);
        var rows = new TileRows(positions, shape.Channels);
        ref float weights = ref Unsafe.Add(ref parameters, shape.Weights + (readers.FirstTap * shape.Tap));
        int filters;
        for (int n = 0; n < shape.Filters; n += filters)
        {
            int start = Math.Min(n, shape.WeightStride - TLanes.Count);
            filters = Math.Min(start + TLanes.Count, shape.Filters) - n;
            var tile = new SumTile<TLanes>(shape.Biases < 0 ? TLanes.Create(0) : TLanes.Load(ref parameters, (nuint)(shape.Biases + start)));
            AddReaders(ref tile, ref x, ref Unsafe.Add(ref weights, start), rows, readers, shape);
            tile.Store(ref MemoryMarshal.GetReference(room), all);
            for (int position = 0; position < positions; position++)
            {
                room.Slice((position * TLanes.Count) + n - start, filters).CopyTo(MemoryMarshal.CreateSpan(
                    ref Unsafe.Add(ref z, ((nint)position * shape.Window.Horizontal.Stride * shape.Filters) + n), filters));
            }
        }
    }

    private static void AddReaders<TLanes>(
        ref SumTile<TLanes> tile, ref float x, ref float w, in TileRows rows, in WindowReaders readers, in ConvTransposeShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        nint columnStep = -(nint)shape.Window.Horizontal.ReaderWindows * shape.Channels, tapStep = shape.Window.Horizontal.ReaderStep * shape.Tap;
        nint rowStep = -(nint)shape.Window.Vertical.ReaderWindows * shape.Window.Horizontal.Output * shape.Channels;
        nint tapRowStep = (nint)shape.Window.Vertical.ReaderStep * shape.Window.Horizontal.Kernel * shape.Tap;
        for (int row = 0; row < readers.Rows; row++)
        {
            for (int column = 0; column < readers.Columns; column++)
                tile.Add(ref Unsafe.Add(ref x, column * columnStep), rows, 1, ref Unsafe.Add(ref w, column * tapStep), shape.WeightStride, shape.Channels);

            x = ref Unsafe.Add(ref x, rowStep);
            w = ref Unsafe.Add(ref w, tapRowStep);
        }
    }
}
