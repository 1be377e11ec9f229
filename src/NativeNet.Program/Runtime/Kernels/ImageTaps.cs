using System.Runtime.CompilerServices;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>The taps inside an image, counted from the first of them.</summary>
/// <param name="taps">Which they are.</param>
internal readonly struct ImageTaps(WindowTaps taps) : IConvTaps
{
    public int First => taps.FirstTap;

    public void AddTo<TLanes>(ref SumTile<TLanes> tile, ref float x, ref float w, in TileRows rows, ConvShape shape)
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
