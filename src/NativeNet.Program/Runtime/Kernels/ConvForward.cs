using System.Runtime.CompilerServices;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>z[oy, ox, n] = bias[n] + Σ x · w over the taps inside the image: lanes over the samples of a block, rows are filters.</summary>
internal static class ConvForward
{
    /// <summary>The sums of a block.</summary>
    /// <typeparam name="TLanes">The width, at most that of a block.</typeparam>
    /// <param name="x">(positions, channels, block).</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="z">(windows, filters, block), overwritten.</param>
    /// <param name="shape">The layer.</param>
    public static void Run<TLanes>(ref float x, ref float parameters, ref float z, ConvShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        nint inputPosition = (nint)shape.Window.Channels * shape.Block;
        for (int oy = 0; oy < shape.Window.Vertical.Output; oy++)
        {
            for (int ox = 0; ox < shape.Window.Horizontal.Output; ox++)
            {
                var taps = new WindowTaps(shape.Window, oy, ox);
                RunWindow<TLanes>(ref Unsafe.Add(ref x, taps.First * inputPosition), ref parameters, ref z, taps, shape);
                z = ref Unsafe.Add(ref z, (nint)shape.Filters * shape.Block);
            }
        }
    }

    private static void RunWindow<TLanes>(ref float x, ref float parameters, ref float z, in WindowTaps taps, ConvShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        int block = shape.Block, filters;
        ref float weights = ref Unsafe.Add(ref parameters, shape.Weights + ((nint)taps.FirstTap * shape.TapProducts * shape.WeightStride));
        for (int n = 0; n < shape.Filters; n += filters)
        {
            filters = shape.TileFilters(n, shape.Filters);
            ref float w = ref Unsafe.Add(ref weights, n);
            TileRows factors = new(filters, 1), rows = new(filters, block);
            for (int b = 0; b < block; b += TLanes.Count)
            {
                SumTile<TLanes> tile = shape.Biases < 0
                    ? new(TLanes.Create(0))
                    : SumTile<TLanes>.Broadcast(ref Unsafe.Add(ref parameters, shape.Biases + n), factors);
                AddTaps(ref tile, ref Unsafe.Add(ref x, ((nint)shape.ChannelOf(n) * block) + b), ref w, factors, rows, taps, shape);
                tile.Store(ref Unsafe.Add(ref z, ((nint)n * block) + b), rows);
            }
        }
    }

    private static void AddTaps<TLanes>(
        ref SumTile<TLanes> tile, ref float x, ref float w, in TileRows factors, in TileRows rows, in WindowTaps taps, ConvShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        nint inputPosition = (nint)shape.Window.Channels * shape.Block, columnStep = shape.Window.Horizontal.Dilation * inputPosition;
        nint rowStep = (nint)shape.Window.Vertical.Dilation * shape.Window.Horizontal.Input * inputPosition;
        nint tap = (nint)shape.TapProducts * shape.WeightStride, stride = shape.WeightStride;
        for (int row = 0; row < taps.Rows; row++)
        {
            if (shape.IsDepthwise)
            {
                tile.AddEach(ref w, factors, stride, ref x, rows, columnStep, taps.Columns);
            }
            else if (shape.HasWholeRows)
            {
                tile.Add(ref w, factors, stride, ref x, shape.Block, taps.Columns * shape.TapProducts);
            }
            else
            {
                for (int column = 0; column < taps.Columns; column++)
                    tile.Add(ref Unsafe.Add(ref w, column * tap), factors, stride, ref Unsafe.Add(ref x, column * columnStep), shape.Block, shape.TapProducts);
            }

            x = ref Unsafe.Add(ref x, rowStep);
            w = ref Unsafe.Add(ref w, shape.Window.Horizontal.Kernel * tap);
        }
    }
}
