using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>What the kernels of a normalization know of their layer.</summary>
/// <param name="Positions">The positions of a sample.</param>
/// <param name="Channels">The channels of a position.</param>
/// <param name="Weight">The offset of the weights among the parameters, one a channel.</param>
/// <param name="Bias">The offset of the biases.</param>
/// <param name="Epsilon">What is added to every variance.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NormShape(int Positions, int Channels, int Weight, int Bias, float Epsilon);
