using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>How the channels of a batch lie: (blocks, positions, channels, samples of a block).</summary>
/// <param name="Positions">The positions of a sample.</param>
/// <param name="Channels">The channels of a position.</param>
/// <param name="Block">The samples of a block.</param>
/// <param name="Samples">The samples that are summed.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ChannelBatch(nuint Positions, nuint Channels, nuint Block, SampleShare Samples);
