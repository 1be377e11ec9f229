using NativeNet.Description;

namespace NativeNet.PeerBenchmarks;

/// <summary>Holds two libraries to the same results before they are timed.</summary>
internal static class Agreement
{
    /// <summary>Compares results.</summary>
    /// <param name="what">What they are, for messages.</param>
    /// <param name="tolerance">How far they may lie apart.</param>
    /// <param name="expected">Those of one library.</param>
    /// <param name="actual">Those of another.</param>
    /// <exception cref="InvalidOperationException">Some are too far apart, or all expected so close together that nothing would show.</exception>
    public static void Check(string what, float tolerance, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        if (expected.Length != actual.Length)
            throw new InvalidOperationException($"{what}: there are {expected.Length} and {actual.Length}.");

        (float least, float most) = (expected[0], expected[0]);
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(MathF.Abs(expected[i] - actual[i]) <= tolerance))
                throw new InvalidOperationException($"{what}: number {i} is {expected[i]} and {actual[i]}, more than {tolerance} apart.");
            (least, most) = (MathF.Min(least, expected[i]), MathF.Max(most, expected[i]));
        }

        if (!(most - least > tolerance))
            throw new InvalidOperationException($"{what}: they go from {least} to {most}, with differences up to {tolerance} too little to compare.");
    }

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
        int longest = spec.Layers.Max(static layer => layer switch
        {
            DenseSpec dense => dense.Inputs + 1,
            ConvSpec conv => conv.Products + 1,
            _ => 0,
        });
        float largest = 0f;
        foreach (float value in expected)
            largest = MathF.Max(largest, MathF.Abs(value));
        return longest * MathF.ScaleB(largest, -23);
    }

    /// <summary>The largest difference.</summary>
    /// <param name="expected">Results of one library.</param>
    /// <param name="actual">As many of another.</param>
    public static float Distance(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        float distance = 0f;
        for (int i = 0; i < expected.Length; i++)
            distance = MathF.Max(distance, MathF.Abs(expected[i] - actual[i]));
        return distance;
    }
}
