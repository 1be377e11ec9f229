using System.Runtime.CompilerServices;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>
/// ∂x[iy, ix, c] = Σ ∂z · w over the taps through which windows see the position, then over filters: lanes over the samples
/// of a block, rows are channels.
/// </summary>
internal static class ConvInputGradient
{
    /// <summary>The gradient of a block's image.</summary>
    /// <typeparam name="TLanes">The width, at most that of a block.</typeparam>
    /// <param name="dz">(windows, filters, block).</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="dx">(positions, channels, block), overwritten or added to.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="adds">Whether to add to what is there.</param>
    public static void Run<TLanes>(ref float dz, ref float parameters, ref float dx, ConvShape shape, bool adds)
        where TLanes : struct, ILanes<TLanes>
    {
        nint outputPosition = (nint)shape.Filters * shape.Block;
        for (int iy = 0; iy < shape.Window.Vertical.Input; iy++)
        {
            for (int ix = 0; ix < shape.Window.Horizontal.Input; ix++)
            {
                var readers = new WindowReaders(shape.Window, iy, ix);
                RunPosition<TLanes>(ref Unsafe.Add(ref dz, readers.First * outputPosition), ref parameters, ref dx, readers, shape, adds);
                dx = ref Unsafe.Add(ref dx, (nint)shape.Window.Channels * shape.Block);
            }
        }
    }

    private static void RunPosition<TLanes>(
        ref float dz, ref float parameters, ref float dx, in WindowReaders readers, ConvShape shape, bool adds)
        where TLanes : struct, ILanes<TLanes>
    {
        int block = shape.Block, channels;
        ref float weights = ref Unsafe.Add(ref parameters, shape.Weights + ((nint)readers.FirstTap * shape.TapProducts * shape.WeightStride));
        for (int c = 0; c < shape.Window.Channels; c += channels)
        {
            int group = c / shape.GroupChannels, own = c % shape.GroupChannels;
            channels = Math.Min(TileRows.Most, shape.GroupChannels - own);
            int filter = shape.IsDepthwise ? c : group * shape.GroupFilters;
            ref float w = ref Unsafe.Add(ref weights, shape.IsDepthwise ? c : ((nint)own * shape.WeightStride) + filter);
            TileRows factors = new(channels, shape.IsDepthwise ? 1 : shape.WeightStride), rows = new(channels, block);
            for (int b = 0; b < block; b += TLanes.Count)
            {
                var tile = new SumTile<TLanes>(TLanes.Create(0));
                AddReaders(ref tile, ref Unsafe.Add(ref dz, ((nint)filter * block) + b), ref w, factors, rows, readers, shape);
                ref float target = ref Unsafe.Add(ref dx, ((nint)c * block) + b);
                if (adds)
                    tile.AddTo(ref target, rows);
                else
                    tile.Store(ref target, rows);
            }
        }
    }

    /// <summary>A window that sees the position through a later tap lies earlier.</summary>
    private static void AddReaders<TLanes>(
        ref SumTile<TLanes> tile, ref float dz, ref float w, in TileRows factors, in TileRows rows, in WindowReaders readers, ConvShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        nint tap = (nint)shape.TapProducts * shape.WeightStride, outputPosition = (nint)shape.Filters * shape.Block;
        nint columnStep = -shape.Window.Horizontal.ReaderWindows * outputPosition, tapStep = shape.Window.Horizontal.ReaderStep * tap;
        nint rowStep = -(nint)shape.Window.Vertical.ReaderWindows * shape.Window.Horizontal.Output * outputPosition;
        nint tapRowStep = (nint)shape.Window.Vertical.ReaderStep * shape.Window.Horizontal.Kernel * tap;
        for (int row = 0; row < readers.Rows; row++)
        {
            if (shape.IsDepthwise)
            {
                tile.AddEach(ref w, factors, tapStep, ref dz, rows, columnStep, readers.Columns);
            }
            else
            {
                for (int column = 0; column < readers.Columns; column++)
                    tile.Add(ref Unsafe.Add(ref w, column * tapStep), factors, 1, ref Unsafe.Add(ref dz, column * columnStep), shape.Block, shape.GroupFilters);
            }

            dz = ref Unsafe.Add(ref dz, rowStep);
            w = ref Unsafe.Add(ref w, tapRowStep);
        }
    }
}
