using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>What the rows of padded buffers have done to them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Rows
{
    /// <summary>Copies rows that lie <paramref name="stride"/> apart into rows without padding.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="stride">Floats from row to row of the source.</param>
    /// <param name="destination">(rows, length), overwritten.</param>
    /// <param name="length">Floats of a row.</param>
    public static void Copy(ref float source, int stride, Span<float> destination, int length)
    {
        for (int start = 0; start < destination.Length; start += length)
        {
            MemoryMarshal.CreateReadOnlySpan(ref source, length).CopyTo(destination.Slice(start, length));
            source = ref Unsafe.Add(ref source, stride);
        }
    }

    /// <summary>A row as a span.</summary>
    internal static Span<float> AsSpan(ref float row, int length) => MemoryMarshal.CreateSpan(ref row, length);

    /// <summary>Zeroes what follows the first <paramref name="length"/> floats of a row.</summary>
    internal static void ClearPadding(ref float row, int length, int stride)
        => AsSpan(ref Unsafe.Add(ref row, length), stride - length).Clear();

    /// <summary>
    /// The contract's sum over a row, four lanes at a time. Zeros behind the row add nothing: a
    /// partial sum that started from +0 never is −0.
    /// </summary>
    /// <param name="row">The row, zeros behind it up to a multiple of 4.</param>
    /// <param name="length">Floats of the row, without the zeros.</param>
    internal static float Sum(ref float row, int length)
    {
        Lanes128 s0 = Lanes128.Create(0), s1 = s0, s2 = s0, s3 = s0;
        nuint i = 0, whole = (nuint)length & ~(nuint)15;
        for (; i < whole; i += 16)
        {
            s0 += Lanes128.Load(ref row, i);
            s1 += Lanes128.Load(ref row, i + 4);
            s2 += Lanes128.Load(ref row, i + 8);
            s3 += Lanes128.Load(ref row, i + 12);
        }

        nuint rest = (nuint)length - whole;
        if (rest > 0)
            s0 += Lanes128.Load(ref row, i);
        if (rest > 4)
            s1 += Lanes128.Load(ref row, i + 4);
        if (rest > 8)
            s2 += Lanes128.Load(ref row, i + 8);
        if (rest > 12)
            s3 += Lanes128.Load(ref row, i + 12);

        System.Runtime.Intrinsics.Vector128<float> sum = ((s0 + s2) + (s1 + s3)).Value;
        return (sum[0] + sum[2]) + (sum[1] + sum[3]);
    }

    /// <summary>The mean over all scores: row sums added in order, times one reciprocal.</summary>
    internal static float Mean(ref float rowLosses, nuint count, float reciprocal)
    {
        float sum = 0;
        for (nuint b = 0; b < count; b++)
            sum += Unsafe.Add(ref rowLosses, b);
        return sum * reciprocal;
    }
}
