using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using NativeNet.Description;

namespace NativeNet.Data;

/// <summary>A data set from a pair of IDX files: images and their labels.</summary>
public static class IdxDataSet
{
    /// <summary>Reads a pair of files; pixels become byte · (1/255).</summary>
    /// <remarks>
    /// Images in a plain file from 1 MiB on are not copied: the file is mapped into memory, and must not be changed or cut
    /// short while the data set is in use.
    /// </remarks>
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

        (int[] size, ReadOnlyMemory<byte> images) = Read(imagesPath, 3, "images");
        (int[] count, ReadOnlyMemory<byte> labels) = Read(labelsPath, 1, "labels");

        if (size[0] != count[0])
        {
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{labelsPath}: has {count[0]} labels, but {imagesPath} has {size[0]} images; use the two files of one set"));
        }

        return DataSet.FromBytes(
            Shape.Of(size[1], size[2], 1), images, 1f / 255f, ReadLabels(labelsPath, labels, classCount), classCount);
    }

    private static ImmutableArray<int> ReadLabels(string path, ReadOnlyMemory<byte> memory, int classCount)
    {
        ReadOnlySpan<byte> labels = memory.Span;
        int outside = classCount == 256 ? -1 : labels.IndexOfAnyInRange((byte)classCount, byte.MaxValue);
        if (outside >= 0)
        {
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: offset {IdxReader.HeaderLength(rank: 1) + outside}: label {labels[outside]} is not below the class count, {classCount}"));
        }

        int[] widened = new int[labels.Length];
        for (int i = 0; i < labels.Length; i++)
            widened[i] = labels[i];

        // A million labels may be a mapped file.
        GC.KeepAlive(memory);
        return ImmutableCollectionsMarshal.AsImmutableArray(widened);
    }

    private static (int[] Dimensions, ReadOnlyMemory<byte> Elements) Read(string path, int rank, string what)
    {
        (int[] dimensions, ReadOnlyMemory<byte> elements) = IdxReader.Map(path);
        return dimensions.Length == rank
            ? (dimensions, elements)
            : throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: offset 3: has {dimensions.Length} dimensions, {what} have {rank}; were images and labels exchanged?"));
    }
}
