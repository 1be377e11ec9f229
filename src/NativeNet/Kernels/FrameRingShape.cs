using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>The shape of a ring of frames.</summary>
/// <param name="Reach">How many frames before its own an output may depend on, at least 1.</param>
/// <param name="Stretch">The most frames of a stretch.</param>
/// <param name="Channels">Floats of a frame.</param>
/// <param name="Integers">Floats in front of the two integers behind the frames.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct FrameRingShape(int Reach, int Stretch, int Channels, int Integers)
{
    /// <summary>The frames of the ring: those that are looked back at, and a stretch.</summary>
    public int Frames => Reach + Stretch;
}
