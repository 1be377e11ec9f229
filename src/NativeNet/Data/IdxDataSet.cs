using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using NativeNet.Description;

namespace NativeNet.Data;

/// <summary>A data set from a pair of IDX files: images and their labels.</summary>
public static class IdxDataSet
{
    /// <summary>Reads a pair of files; pixels become byte · (1/255).</summary>
    /// <param name="imagesPath">An IDX file of shape (count, height, width).</param>
    /// <param name="labelsPath">An IDX file of shape (count).</param>
    /// <param name="classCount">The number of classes, 1 to 256; every label must be below it.</param>
    /// <returns>Samples of shape (height, width, 1).</returns>
    /// <exception cref="DataFormatException">A file is damaged, or the two do not fit each other.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static DataSet Load(string imagesPath, string labelsPath, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classCount, 256);

        (int[] size, byte[] images) = Read(imagesPath, 3, "images");
        (int[] count, byte[] labels) = Read(labelsPath, 1, "labels");

        if (size[0] != count[0])
        {
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{labelsPath}: has {count[0]} labels, but {imagesPath} has {size[0]} images; use the two files of one set"));
        }

        return DataSet.FromBytes(
            Shape.Of(size[1], size[2], 1), ImmutableCollectionsMarshal.AsImmutableArray(images), 1f / 255f, ReadLabels(labelsPath, labels, classCount), classCount);
    }

    private static ImmutableArray<int> ReadLabels(string path, byte[] labels, int classCount)
    {
        int outside = classCount == 256 ? -1 : labels.AsSpan().IndexOfAnyInRange((byte)classCount, byte.MaxValue);
        if (outside >= 0)
        {
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: offset {IdxReader.HeaderLength(rank: 1) + outside}: label {labels[outside]} is not below the class count, {classCount}"));
        }

        int[] widened = new int[labels.Length];
        for (int i = 0; i < labels.Length; i++)
            widened[i] = labels[i];
        return ImmutableCollectionsMarshal.AsImmutableArray(widened);
    }

    private static (int[] Dimensions, byte[] Elements) Read(string path, int rank, string what)
    {
        (int[] dimensions, byte[] elements) = IdxReader.ReadArrays(path);
        return dimensions.Length == rank
            ? (dimensions, elements)
            : throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: offset 3: has {dimensions.Length} dimensions, {what} have {rank}; were images and labels exchanged?"));
    }
}
