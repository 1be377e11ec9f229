using NativeNet.Description;

namespace NativeNet.PeerBenchmarks;

/// <summary>Holds two libraries to the same results before they are timed.</summary>
internal static class Agreement
{
    /// <summary>How far results may lie apart that were summed in different orders.</summary>
    /// <remarks>
    /// In any order a sum of n terms is off by at most n · 2⁻²⁴ of the sum of their magnitudes, two of them are apart by
    /// at most n · 2⁻²³ (Higham, "Accuracy and stability of numerical algorithms", 2002, section 4.2). The largest result
    /// stands for the magnitudes: terms cancel, but so do roundings, which in practice grow with the root of n.
    /// </remarks>
    /// <param name="spec">The network.</param>
    /// <param name="expected">Results of one library.</param>
    public static float Tolerance(NetworkSpec spec, ReadOnlySpan<float> expected)
    {
        int longest = spec.Layers.OfType<DenseSpec>().Max(static layer => layer.Inputs + 1);
        float largest = 0f;
        foreach (float value in expected)
            largest = MathF.Max(largest, MathF.Abs(value));
        return longest * MathF.ScaleB(largest, -23);
    }

    /// <summary>Compares results.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="expected">Those of the generated network.</param>
    /// <param name="actual">Those of the other library.</param>
    /// <exception cref="InvalidOperationException">Some are too far apart.</exception>
    public static void Check(NetworkSpec spec, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        float tolerance = Tolerance(spec, expected);
        if (expected.Length != actual.Length)
            throw new InvalidOperationException($"There are {expected.Length} and {actual.Length} results.");
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(MathF.Abs(expected[i] - actual[i]) <= tolerance))
                throw new InvalidOperationException($"Result {i} is {expected[i]} and {actual[i]}, more than {tolerance} apart.");
        }
    }
}
