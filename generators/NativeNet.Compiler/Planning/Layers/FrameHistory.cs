namespace NativeNet.Compiler.Planning;

/// <summary>The frames that a layer looks back at, in a ring that it keeps in the stream.</summary>
/// <remarks>
/// Behind the ring its first frames stand again, one less than a stretch has, so that whatever a stretch reads lies in one
/// piece. Two integers follow: the place of the next frame, and how many frames of the signal there are, up to the reach. A
/// ring of zeros is one before the first frame.
/// </remarks>
/// <param name="Reach">How many frames before its own an output may depend on, at least 1.</param>
/// <param name="Channels">Floats of a frame.</param>
/// <param name="Most">The most frames of a stretch.</param>
/// <param name="Overhang">Floats behind a frame that a vector over its channels may reach.</param>
internal sealed record FrameHistory(int Reach, int Channels, int Most, int Overhang)
{
    /// <summary>The frames of the ring: those that are looked back at, and a stretch.</summary>
    public int Frames => Reach + Most;

    /// <summary>The floats in front of the two integers.</summary>
    public long Values => ((long)(Frames + Most - 1) * Channels) + Overhang;

    /// <summary>The floats of all.</summary>
    public long Length => Values + 2;
}
