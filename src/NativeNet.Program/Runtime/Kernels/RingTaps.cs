using System.Runtime.CompilerServices;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Runtime.Kernels;

/// <summary>The taps in a ring of frames, counted from its first slot.</summary>
/// <param name="taps">Which they are.</param>
/// <param name="frames">The frames of the ring.</param>
internal readonly struct RingTaps(FrameTaps taps, int frames) : IConvTaps
{
    public int First => taps.First;

    public void AddTo<TLanes>(ref SumTile<TLanes> tile, ref float x, ref float w, in TileRows rows, ConvShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        int slot = taps.Slot;
        for (int tap = 0; tap < taps.Count; tap++)
        {
            ref float frame = ref Unsafe.Add(ref x, (nint)slot * shape.Window.Channels);
            if (shape.IsDepthwise)
                tile.AddVectors(ref w, 0, ref frame, rows, 0, 1);
            else
                tile.Add(ref frame, rows, 1, ref w, shape.WeightStride, shape.TapProducts);

            w = ref Unsafe.Add(ref w, (nint)shape.TapProducts * shape.WeightStride);
            slot += shape.Window.Horizontal.Dilation;
            slot = slot >= frames ? slot - frames : slot;
        }
    }
}
