using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>What the kernel of normalization knows of its layer.</summary>
/// <param name="Positions">The positions of a sample.</param>
/// <param name="Channels">The features of a position.</param>
/// <param name="Mean">The offset of the means among the parameters, one a feature.</param>
/// <param name="Deviation">The offset of the deviations.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NormalizationShape(int Positions, int Channels, int Mean, int Deviation);
