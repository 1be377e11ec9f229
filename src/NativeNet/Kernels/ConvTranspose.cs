using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>
/// Transposed convolutions: lanes over the samples of a block. Forward, a position of the output gathers what the windows give it
/// that see it; backward, a window gathers from the positions that it sees. For one sample <see cref="ConvTransposeSingle"/> has
/// lanes over filters.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ConvTranspose
{
    /// <summary>z = bias + Σ x · w.</summary>
    /// <typeparam name="TLanes">The width, at most that of a block.</typeparam>
    /// <param name="x">(windows, channels, block).</param>
    /// <param name="z">(positions, filters, block), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    public static void Forward<TLanes>(ref float x, ref float z, ref float parameters, in ConvTransposeShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        if (block == 1)
        {
            ConvTransposeSingle.Forward<TLanes>(ref x, ref z, ref parameters, shape);
            return;
        }

        for (int iy = 0; iy < shape.Window.Vertical.Input; iy++)
        {
            for (int ix = 0; ix < shape.Window.Horizontal.Input; ix++)
            {
                var readers = new WindowReaders(shape.Window, iy, ix);
                ForwardPosition<TLanes>(ref Unsafe.Add(ref x, (nint)readers.First * shape.Channels * block), ref z, ref parameters, readers, shape, block);
                z = ref Unsafe.Add(ref z, (nint)shape.Filters * block);
            }
        }
    }

    /// <summary>∂x = Σ ∂z · w.</summary>
    /// <typeparam name="TLanes">The width, at most that of a block.</typeparam>
    /// <param name="dz">(positions, filters, block).</param>
    /// <param name="dx">(windows, channels, block), overwritten or added to.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="adds">Whether to add to what is there.</param>
    public static void Backward<TLanes>(ref float dz, ref float dx, ref float parameters, in ConvTransposeShape shape, int block, bool adds)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int wy = 0; wy < shape.Window.Vertical.Output; wy++)
        {
            for (int wx = 0; wx < shape.Window.Horizontal.Output; wx++)
            {
                var taps = new WindowTaps(shape.Window, wy, wx);
                BackwardWindow<TLanes>(ref Unsafe.Add(ref dz, (nint)taps.First * shape.Filters * block), ref dx, ref parameters, taps, shape, block, adds);
                dx = ref Unsafe.Add(ref dx, (nint)shape.Channels * block);
            }
        }
    }

    private static void ForwardPosition<TLanes>(
        ref float x, ref float z, ref float parameters, in WindowReaders readers, in ConvTransposeShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float weights = ref Unsafe.Add(ref parameters, shape.Weights + (readers.FirstTap * shape.Tap));
        for (int n = 0; n < shape.Filters; n += TileRows.Most)
        {
            int filters = Math.Min(TileRows.Most, shape.Filters - n);
            TileRows factors = new(filters, 1), rows = new(filters, block);
            for (int b = 0; b < block; b += TLanes.Count)
            {
                SumTile<TLanes> tile = shape.Biases < 0
                    ? new(TLanes.Create(0))
                    : SumTile<TLanes>.Broadcast(ref Unsafe.Add(ref parameters, shape.Biases + n), factors);
                AddReaders(ref tile, ref Unsafe.Add(ref x, b), ref Unsafe.Add(ref weights, n), factors, readers, shape, block);
                tile.Store(ref Unsafe.Add(ref z, (n * block) + b), rows);
            }
        }
    }

    /// <summary>A window that sees the position through a later tap lies earlier.</summary>
    private static void AddReaders<TLanes>(
        ref SumTile<TLanes> tile, ref float x, ref float w, in TileRows factors, in WindowReaders readers, in ConvTransposeShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        nint window = (nint)shape.Channels * block, columnStep = -shape.Window.Horizontal.ReaderWindows * window;
        nint tapStep = shape.Window.Horizontal.ReaderStep * shape.Tap, rowStep = -(nint)shape.Window.Vertical.ReaderWindows * shape.Window.Horizontal.Output * window;
        nint tapRowStep = (nint)shape.Window.Vertical.ReaderStep * shape.Window.Horizontal.Kernel * shape.Tap;
        for (int row = 0; row < readers.Rows; row++)
        {
            for (int column = 0; column < readers.Columns; column++)
                tile.Add(ref Unsafe.Add(ref w, column * tapStep), factors, shape.WeightStride, ref Unsafe.Add(ref x, column * columnStep), block, shape.Channels);

            x = ref Unsafe.Add(ref x, rowStep);
            w = ref Unsafe.Add(ref w, tapRowStep);
        }
    }

    private static void BackwardWindow<TLanes>(
        ref float dz, ref float dx, ref float parameters, in WindowTaps taps, in ConvTransposeShape shape, int block, bool adds)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float weights = ref Unsafe.Add(ref parameters, shape.Weights + (taps.FirstTap * shape.Tap));
        for (int c = 0; c < shape.Channels; c += TileRows.Most)
        {
            int channels = Math.Min(TileRows.Most, shape.Channels - c);
            TileRows factors = new(channels, shape.WeightStride), rows = new(channels, block);
            for (int b = 0; b < block; b += TLanes.Count)
            {
                var tile = new SumTile<TLanes>(TLanes.Create(0));
                AddTaps(ref tile, ref Unsafe.Add(ref dz, b), ref Unsafe.Add(ref weights, (nint)c * shape.WeightStride), factors, taps, shape, block);
                ref float target = ref Unsafe.Add(ref dx, (c * block) + b);
                if (adds)
                    tile.AddTo(ref target, rows);
                else
                    tile.Store(ref target, rows);
            }
        }
    }

    private static void AddTaps<TLanes>(
        ref SumTile<TLanes> tile, ref float dz, ref float w, in TileRows factors, in WindowTaps taps, in ConvTransposeShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        nint position = (nint)shape.Filters * block, columnStep = shape.Window.Horizontal.Dilation * position;
        nint rowStep = (nint)shape.Window.Vertical.Dilation * shape.Window.Horizontal.Input * position;
        for (int row = 0; row < taps.Rows; row++)
        {
            for (int column = 0; column < taps.Columns; column++)
                tile.Add(ref Unsafe.Add(ref w, column * shape.Tap), factors, 1, ref Unsafe.Add(ref dz, column * columnStep), block, shape.Filters);

            dz = ref Unsafe.Add(ref dz, rowStep);
            w = ref Unsafe.Add(ref w, shape.Window.Horizontal.Kernel * shape.Tap);
        }
    }
}
