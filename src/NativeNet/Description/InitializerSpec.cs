namespace NativeNet.Description;

/// <summary>The distributions that first weights are drawn from.</summary>
public enum InitializerKind
{
    /// <summary>Normal, standard deviation gain · √(2 / K). He et al., "Delving Deep into Rectifiers", 2015.</summary>
    HeNormal,

    /// <summary>Uniform in ±gain · √(6 / K): the variance of <see cref="HeNormal"/>.</summary>
    HeUniform,

    /// <summary>Uniform in ±gain · √(6 / (K + N)). Glorot and Bengio, "Understanding the difficulty of training deep
    /// feedforward neural networks", 2010.</summary>
    GlorotUniform,

    /// <summary>Normal with the gain as its standard deviation.</summary>
    Normal,
}

/// <summary>How the first weights are drawn.</summary>
/// <param name="Kind">The distribution.</param>
/// <param name="Gain">The factor on its width, positive and finite.</param>
public readonly record struct InitializerSpec(InitializerKind Kind, float Gain);
