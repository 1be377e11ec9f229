using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NativeNet.Numerics;

/// <summary>What one element adds to a sum over buffers.</summary>
internal interface ISumTerm
{
    /// <summary>The sum with the terms of <paramref name="x"/> and <paramref name="y"/>.</summary>
    static abstract Lanes128 Add(Lanes128 sum, Lanes128 x, Lanes128 y);
}

/// <summary>Σ |x|.</summary>
internal readonly struct MagnitudeTerm : ISumTerm
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Add(Lanes128 sum, Lanes128 x, Lanes128 y) => sum + Lanes128.Abs(x);
}

/// <summary>Σ |x − y|.</summary>
internal readonly struct DistanceTerm : ISumTerm
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Add(Lanes128 sum, Lanes128 x, Lanes128 y) => sum + Lanes128.Abs(x - y);
}

/// <summary>Σ x², each square in one fma.</summary>
internal readonly struct SquareTerm : ISumTerm
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Add(Lanes128 sum, Lanes128 x, Lanes128 y) => Lanes128.Fma(x, x, sum);
}

/// <summary>Sums over whole buffers in one stated order, the same bits on every instruction set.</summary>
/// <remarks>
/// The buffer is cut into chunks of 4096. Within a chunk element i goes to partial sum i mod 16, and the sums are folded
/// in halves, all in float: the order of <see cref="RowSum"/>. The chunks are added in double, ascending, so that
/// the error does not grow with the length. Four lanes at a time are wide enough: memory is the limit. Zeros behind the
/// last element add nothing, since no partial sum is ever −0.
/// </remarks>
internal static class ChunkedSum
{
    private const int ChunkLength = 4096;

    /// <summary>The sum over one buffer.</summary>
    /// <typeparam name="TTerm">What an element adds.</typeparam>
    /// <param name="x">Any length; the sum of no elements is +0.</param>
    public static double Of<TTerm>(ReadOnlySpan<float> x)
        where TTerm : struct, ISumTerm
        => Of<TTerm>(x, x);

    /// <summary>The sum over two buffers side by side.</summary>
    /// <typeparam name="TTerm">What a pair of elements adds.</typeparam>
    /// <param name="x">Any length.</param>
    /// <param name="y">The same length.</param>
    public static double Of<TTerm>(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        where TTerm : struct, ISumTerm
    {
        double sum = 0;
        for (; x.Length > ChunkLength; x = x[ChunkLength..], y = y[ChunkLength..])
            sum += SumChunk<TTerm>(x[..ChunkLength], y[..ChunkLength]);
        return sum + SumChunk<TTerm>(x, y);
    }

    private static float SumChunk<TTerm>(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        where TTerm : struct, ISumTerm
    {
        Lanes128 s0 = Lanes128.Create(0), s1 = s0, s2 = s0, s3 = s0;
        for (; x.Length >= RowSum.PartialSums; x = x[RowSum.PartialSums..], y = y[RowSum.PartialSums..])
            AddSixteen<TTerm>(x, y, ref s0, ref s1, ref s2, ref s3);

        if (!x.IsEmpty)
        {
            s0 = TTerm.Add(s0, Rest(x, 0), Rest(y, 0));
            s1 = TTerm.Add(s1, Rest(x, 4), Rest(y, 4));
            s2 = TTerm.Add(s2, Rest(x, 8), Rest(y, 8));
            s3 = TTerm.Add(s3, Rest(x, 12), Rest(y, 12));
        }

        Vector128<float> sum = ((s0 + s2) + (s1 + s3)).Value;
        return (sum[0] + sum[2]) + (sum[1] + sum[3]);
    }

    /// <summary>Four elements from one on, zeros behind the last.</summary>
    private static Lanes128 Rest(ReadOnlySpan<float> x, int from)
    {
        if (from + Lanes128.Count <= x.Length)
            return Lanes128.Load(in x[from], 0);

        static float At(ReadOnlySpan<float> values, int place) => place < values.Length ? values[place] : 0f;
        return new Lanes128(Vector128.Create(At(x, from), At(x, from + 1), At(x, from + 2), 0f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSixteen<TTerm>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ref Lanes128 s0, ref Lanes128 s1, ref Lanes128 s2, ref Lanes128 s3)
        where TTerm : struct, ISumTerm
    {
        ref float a = ref MemoryMarshal.GetReference(x), b = ref MemoryMarshal.GetReference(y);
        s0 = TTerm.Add(s0, Lanes128.Load(ref a, 0), Lanes128.Load(ref b, 0));
        s1 = TTerm.Add(s1, Lanes128.Load(ref a, 4), Lanes128.Load(ref b, 4));
        s2 = TTerm.Add(s2, Lanes128.Load(ref a, 8), Lanes128.Load(ref b, 8));
        s3 = TTerm.Add(s3, Lanes128.Load(ref a, 12), Lanes128.Load(ref b, 12));
    }
}
