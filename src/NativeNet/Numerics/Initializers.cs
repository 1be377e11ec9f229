using NativeNet.Description;

namespace NativeNet.Numerics;

/// <summary>First weights, each a function of the seed, the layer and its own position.</summary>
public static class Initializers
{
    /// <summary>The standard deviation of a normal initializer, half the width of a uniform one.</summary>
    /// <param name="initializer">The distribution and its gain.</param>
    /// <param name="inputs">K.</param>
    /// <param name="units">N.</param>
    /// <returns>gain · √(c / fan), where quotient, root and product are each rounded to float.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not one that is defined.</exception>
    public static float Scale(InitializerSpec initializer, int inputs, int units)
        => initializer.Kind switch
        {
            InitializerKind.HeNormal => initializer.Gain * MathF.Sqrt(2f / inputs),
            InitializerKind.HeUniform => initializer.Gain * MathF.Sqrt(6f / inputs),
            InitializerKind.GlorotUniform => initializer.Gain * MathF.Sqrt(6f / ((long)inputs + units)),
            InitializerKind.Normal => initializer.Gain,
            _ => throw new ArgumentOutOfRangeException(
                nameof(initializer), (int)initializer.Kind, "There is no such initializer."),
        };

    /// <summary>Weight (k, n) of a K × N dense layer: <see cref="Scale"/> times a variate, rounded to float.</summary>
    /// <param name="initializer">The distribution and its gain.</param>
    /// <param name="random">Keyed by the seed.</param>
    /// <param name="layerIndex">The layer's position in the file, which picks the stream.</param>
    /// <param name="inputs">K.</param>
    /// <param name="units">N.</param>
    /// <param name="k">The input, from 0 to K − 1.</param>
    /// <param name="n">The unit, from 0 to N − 1.</param>
    /// <remarks>
    /// The index in the stream is n · K + k, the element's place in the row-major tensor of shape (units, inputs), so
    /// no weight depends on how parameters are laid out in memory.
    /// </remarks>
    public static float Weight(
        InitializerSpec initializer, Philox random, int layerIndex, int inputs, int units, int k, int n)
    {
        uint stream = RandomStreams.Weights(layerIndex);
        ulong index = ((ulong)n * (ulong)inputs) + (ulong)k;
        float variate = initializer.Kind is InitializerKind.HeNormal or InitializerKind.Normal
            ? random.StandardNormal(stream, index)
            : random.SymmetricUniform(stream, index);
        return Scale(initializer, inputs, units) * variate;
    }
}
