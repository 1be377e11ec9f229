using NativeNet.Numerics;

namespace Streaming;

/// <summary>Waves with and without noise.</summary>
internal static class Signals
{
    /// <summary>Draws sines of 8 to 40 frames a period.</summary>
    /// <param name="seed">Decides periods, phases and noise.</param>
    /// <param name="count">How many waves.</param>
    /// <param name="length">The frames of each.</param>
    /// <returns>(count, length) each.</returns>
    public static (float[] Noisy, float[] Clean) Draw(ulong seed, int count, int length)
    {
        var random = new Philox(seed);
        float[] noisy = new float[count * length], clean = new float[count * length];
        for (int i = 0; i < clean.Length; i++)
        {
            ulong wave = (ulong)(i / length);
            float period = 8 + (32 * random.Uniform(0, wave)), phase = random.Uniform(1, wave);
            clean[i] = MathF.Sin(2 * MathF.PI * ((i % length / period) + phase));
            noisy[i] = clean[i] + (0.4f * random.StandardNormal(2, (ulong)i));
        }

        return (noisy, clean);
    }

    /// <summary>The mean of |values − expected|.</summary>
    public static double MeanError(ReadOnlySpan<float> values, ReadOnlySpan<float> expected)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += Math.Abs(values[i] - expected[i]);
        return sum / values.Length;
    }
}
