using System.Runtime.InteropServices;
using NativeNet.Description;

namespace NativeNet.Data;

/// <summary>The data set that is always there: 1797 handwritten digits of 8 × 8 pixels.</summary>
/// <remarks>
/// Test part of "Optical Recognition of Handwritten Digits", E. Alpaydin and C. Kaynak, UCI Machine Learning
/// Repository, 1998, CC BY 4.0. The data is constant data of the library, 119 KB, so that one package and one binary
/// suffice; a program that never calls this class loses it when it is trimmed.
/// </remarks>
public static class DigitsDataSet
{
    /// <summary>The classes, one a digit.</summary>
    public const int ClassCount = 10;

    /// <summary>Of every five samples the last is for the test: 1438 and 359.</summary>
    private const int HoldOut = 5;

    /// <summary>The samples, of shape 8×8×1, pixels from 0 to 1 in sixteenths, in the order of the source.</summary>
    public static TrainTest Load()
    {
        var shape = Shape.Of(8, 8, 1);
        ReadOnlySpan<byte> lines = DigitsText.Lines;
        int stride = shape.Length + 2, count = (lines.Length + 1) / stride;
        byte[] pixels = new byte[count * shape.Length];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> line = lines.Slice(i * stride, shape.Length + 1);
            for (int p = 0; p < shape.Length; p++)
                pixels[(i * shape.Length) + p] = (byte)(line[p] - 'A');
            labels[i] = line[^1] - '0';
        }

        var all = DataSet.FromBytes(
            shape, ImmutableCollectionsMarshal.AsImmutableArray(pixels), 1f / 16f, ImmutableCollectionsMarshal.AsImmutableArray(labels), ClassCount);
        return TrainTest.HoldOutEvery(all, HoldOut);
    }
}
