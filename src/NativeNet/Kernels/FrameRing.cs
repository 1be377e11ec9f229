using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativeNet.Kernels;

/// <summary>A stretch of a signal at the end of the frames before it, in a ring that a stream keeps.</summary>
/// <remarks>
/// The ring has room for the frames that are looked back at and a stretch; behind it its first frames stand again, so that
/// each stretch of frames, wherever it begins, lies in one piece. Two integers follow: the place of the next frame, and how
/// many frames of the signal there are, up to the reach. Zeros are a ring before the signal's first frame; integers that no
/// ring has begin one anew, so that nothing outside of it is ever touched.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct FrameRing
{
    private readonly FrameRingShape _shape;
    private readonly int _slot, _known;

    /// <summary>Puts a stretch at the end.</summary>
    /// <param name="ring">The ring, its copy and its integers; brought up to date.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="frames">(count, channels).</param>
    /// <param name="count">The frames of the stretch, at most those that the shape names.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FrameRing(ref float ring, FrameRingShape shape, ref float frames, int count)
    {
        ref int next = ref Unsafe.As<float, int>(ref Unsafe.Add(ref ring, shape.Integers)), known = ref Unsafe.Add(ref next, 1);
        if ((uint)next >= (uint)shape.Frames || (uint)known > (uint)shape.Reach)
            (next, known) = (0, 0);

        (_shape, _slot, _known) = (shape, next, known);
        int end = _slot + count;
        Copy(ref frames, ref ring, 0, _slot, count);
        if (count > 1 && end > shape.Frames)
            Copy(ref ring, ref ring, shape.Frames, 0, end - shape.Frames);
        if (_slot < shape.Stretch - 1)
            Copy(ref ring, ref ring, _slot, shape.Frames + _slot, count == 1 ? 1 : Math.Min(end, shape.Stretch - 1) - _slot);

        next = end >= shape.Frames ? end - shape.Frames : end;
        known = Math.Min(shape.Reach, _known + count);
    }

    /// <summary>Whether every tap of every frame of the stretch is one of the signal.</summary>
    public bool IsFull => _known == _shape.Reach;

    /// <summary>The taps of a frame's window that lie in the signal; of a full ring those of every frame alike.</summary>
    /// <param name="frame">The frame's number in the stretch.</param>
    /// <param name="kernel">The taps of a window.</param>
    /// <param name="dilation">Frames from tap to tap.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FrameTaps Taps(int frame, int kernel, int dilation)
    {
        int count = Math.Min(kernel, (Math.Min(_known + frame, _shape.Reach) / dilation) + 1), slot = _slot - ((count - 1) * dilation);
        return new FrameTaps(kernel - count, count, slot < 0 ? slot + _shape.Frames : slot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Copy(ref float source, ref float destination, int from, int to, int frames)
    {
        int channels = _shape.Channels;
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref source, (nint)from * channels), frames * channels)
            .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref destination, (nint)to * channels), frames * channels));
    }
}
