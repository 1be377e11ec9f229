using NativeNet.Numerics;

namespace NativeNet.Tests.Training;

/// <summary>Signals with something to find in them, every value a function of its place.</summary>
/// <param name="seed">The key of the random numbers.</param>
internal sealed class Signals(ulong seed)
{
    private readonly Philox _random = new(seed);

    /// <summary>A tone of unit size in noise of half of it; classes are 3, 4, 5 and 6 cycles, a quarter more or less.</summary>
    /// <param name="count">The signals.</param>
    /// <param name="length">Their values.</param>
    /// <returns>(count, length), and the classes.</returns>
    public (float[] Inputs, int[] Classes) Tones(int count, int length)
    {
        var inputs = new float[count * length];
        var classes = new int[count];
        for (int i = 0; i < count; i++)
        {
            var stream = (uint)i;
            classes[i] = i % 4;
            double cycles = 3 + classes[i] + (0.25 * _random.SymmetricUniform(stream, 0)), phase = Math.PI * _random.SymmetricUniform(stream, 1);
            for (int t = 0; t < length; t++)
                inputs[(i * length) + t] = (float)Math.Sin(phase + (2 * Math.PI * cycles * t / length)) + (0.5f * _random.StandardNormal(stream, (ulong)(2 + t)));
        }

        return (inputs, classes);
    }

    /// <summary>Noise, and what a saturating filter makes of it: s′ = tanh(¾ · s + x) behind every value.</summary>
    /// <param name="count">The signals.</param>
    /// <param name="length">Their values.</param>
    /// <returns>(count, length) both.</returns>
    public (float[] Inputs, float[] Targets) Filtered(int count, int length)
    {
        var inputs = new float[count * length];
        var targets = new float[count * length];
        for (int i = 0; i < count; i++)
        {
            double state = 0;
            for (int t = 0; t < length; t++)
            {
                float value = 0.7f * _random.StandardNormal((uint)i, (ulong)t);
                inputs[(i * length) + t] = value;
                state = Math.Tanh((0.75 * state) + value);
                targets[(i * length) + t] = (float)state;
            }
        }

        return (inputs, targets);
    }
}
