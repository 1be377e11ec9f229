using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>What a phase of statistics leaves in the workspace: five stretches of one value a channel, cut at 16 channels.</summary>
/// <param name="Offset">The first float.</param>
/// <param name="Channels">The channels; a stretch is as many, rounded up to whole sixteens.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ChannelSums(int Offset, int Channels)
{
    /// <summary>The stretches.</summary>
    public const int Stretches = 5;

    /// <summary>The channels that stay together.</summary>
    public const int Grain = 16;

    /// <summary>The floats of a stretch.</summary>
    public int Stretch => (Channels + Grain - 1) / Grain * Grain;
}
