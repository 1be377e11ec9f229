using System.Numerics;

namespace NativeNet.Numerics;

/// <summary>The sum over one row, in the one order that every width can follow.</summary>
public static class RowSum
{
    /// <summary>How many partial sums there are: the lanes of the widest vector, two or four of the narrower ones.</summary>
    public const int PartialSums = 16;

    /// <summary>
    /// Adds element i to partial sum i mod 16, each starting at +0, then folds the sums in halves: p with p + 8, with
    /// p + 4, with p + 2, with p + 1.
    /// </summary>
    /// <typeparam name="T">The reference network's number type.</typeparam>
    /// <param name="row">Any length; the sum of no elements is +0.</param>
    public static T Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> sums = stackalloc T[PartialSums];
        sums.Clear();
        for (int i = 0; i < row.Length; i++)
            sums[i % PartialSums] += row[i];
        return Fold(sums);
    }

    /// <summary>The same sum over products, each added to its partial sum in one fma.</summary>
    /// <typeparam name="T">The reference network's number type.</typeparam>
    /// <param name="a">Any length.</param>
    /// <param name="b">The same length.</param>
    public static T OfProducts<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> sums = stackalloc T[PartialSums];
        sums.Clear();
        for (int i = 0; i < a.Length; i++)
            sums[i % PartialSums] = T.FusedMultiplyAdd(a[i], b[i], sums[i % PartialSums]);
        return Fold(sums);
    }

    private static T Fold<T>(Span<T> sums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int half = PartialSums / 2; half >= 1; half /= 2)
        {
            for (int p = 0; p < half; p++)
                sums[p] += sums[p + half];
        }

        return sums[0];
    }
}
