using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>What the kernels of a batch normalization know of their layer.</summary>
/// <param name="Positions">The positions of a sample.</param>
/// <param name="Channels">The channels of a position.</param>
/// <param name="Weight">The offset of the weights among the parameters, one a channel.</param>
/// <param name="Bias">The offset of the biases.</param>
/// <param name="RunningMean">The offset of the running means.</param>
/// <param name="RunningVariance">The offset of the running variances.</param>
/// <param name="Momentum">The share of a batch in the running averages.</param>
/// <param name="Epsilon">What is added to every variance.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct BatchNormShape(
    int Positions, int Channels, int Weight, int Bias, int RunningMean, int RunningVariance, float Momentum, float Epsilon);
