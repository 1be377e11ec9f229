using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativeNet.Kernels;

/// <summary>Rows of padded buffers.</summary>
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

    /// <summary>Zeroes the starts of rows.</summary>
    /// <param name="destination">The first row.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="stride">Floats from row to row.</param>
    /// <param name="length">Floats of a row to zero.</param>
    public static void Clear(ref float destination, int rows, int stride, nuint length)
    {
        for (int row = 0; row < rows; row++)
        {
            MemoryMarshal.CreateSpan(ref destination, (int)length).Clear();
            destination = ref Unsafe.Add(ref destination, stride);
        }
    }

    /// <summary>The mean of a batch: row losses added in order, times one reciprocal.</summary>
    /// <param name="rowLosses">(count).</param>
    /// <param name="count">The samples.</param>
    /// <param name="reciprocal">One over the terms of the mean.</param>
    public static float Mean(ref float rowLosses, nuint count, float reciprocal)
    {
        float sum = 0;
        for (nuint b = 0; b < count; b++)
            sum += Unsafe.Add(ref rowLosses, b);
        return sum * reciprocal;
    }
}
