using System.Runtime.InteropServices;
using NativeNet.Kernels;

namespace NativeNet.Tests.Kernels;

/// <summary>Every block size that the hardware has, and what is left of the rows and the columns.</summary>
public sealed class TransposeTests
{
    [Fact]
    public void A_copy_turns_every_size_and_touches_nothing_else()
    {
        for (int rows = 0; rows <= 36; rows += 4)
        {
            for (int columns = 0; columns <= 36; columns += 4)
                Check(rows, columns);
        }
    }

    private static void Check(int rows, int columns)
    {
        const int sourceStride = 41, destinationStride = 39, untouched = -1;
        float[] source = [.. Enumerable.Range(0, 40 * sourceStride).Select(static i => (float)i)];
        var destination = new float[40 * destinationStride];
        destination.AsSpan().Fill(untouched);

        Transpose.Copy(
            ref MemoryMarshal.GetArrayDataReference(source), sourceStride,
            ref MemoryMarshal.GetArrayDataReference(destination), destinationStride, (nuint)rows, (nuint)columns);

        for (int i = 0; i < destination.Length; i++)
        {
            (int column, int row) = (i / destinationStride, i % destinationStride);
            float expected = row < rows && column < columns ? source[(row * sourceStride) + column] : untouched;
            Assert.True(expected == destination[i], $"{rows} x {columns}: ({column}, {row}) is {destination[i]}, not {expected}.");
        }
    }
}
