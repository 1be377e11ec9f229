using System.Globalization;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>Compares floats in bits. That a value is a NaN is compared, its sign and payload are no part of the numeric contract.</summary>
internal static class BitComparison
{
    /// <summary>Requires the same bits.</summary>
    /// <param name="what">What is compared.</param>
    /// <param name="expected">What the reference gives.</param>
    /// <param name="actual">What compiled code gives.</param>
    /// <exception cref="DifferentialException">A bit differs.</exception>
    public static void Require(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool isSame = BitConverter.SingleToUInt32Bits(expected[i]) == BitConverter.SingleToUInt32Bits(actual[i])
                || (float.IsNaN(expected[i]) && float.IsNaN(actual[i]));
            if (!isSame)
                throw new DifferentialException(string.Create(CultureInfo.InvariantCulture, $"{what}, element {i}: {actual[i]:G9} instead of {expected[i]:G9}"));
        }
    }
}
