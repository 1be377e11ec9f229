using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>What the kernels of prelu know of their layer.</summary>
/// <param name="Positions">The positions of a sample.</param>
/// <param name="Channels">The channels of a position.</param>
/// <param name="Slope">The offset of the slopes among the parameters, one a channel.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct SlopeShape(int Positions, int Channels, int Slope);
