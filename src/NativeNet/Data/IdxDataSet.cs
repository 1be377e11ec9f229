using System.Globalization;
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

        IdxArray images = ReadWithRank(imagesPath, 3, "images");
        IdxArray labels = ReadWithRank(labelsPath, 1, "labels");

        if (images.Dimensions[0] != labels.Dimensions[0])
        {
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{labelsPath}: has {labels.Dimensions[0]} labels, but {imagesPath} has {images.Dimensions[0]} images; use the two files of one set"));
        }

        int outside = classCount == 256 ? -1 : labels.Elements.AsSpan().IndexOfAnyInRange((byte)classCount, byte.MaxValue);
        if (outside >= 0)
        {
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{labelsPath}: offset {labels.HeaderLength + outside}: label {labels.Elements[outside]} is not below the class count, {classCount}"));
        }

        return DataSet.FromBytes(
            Shape.Of(images.Dimensions[1], images.Dimensions[2], 1),
            images.Elements, 1f / 255f, [.. labels.Elements.Select(static label => (int)label)], classCount);
    }

    private static IdxArray ReadWithRank(string path, int rank, string what)
    {
        IdxArray array = IdxReader.Read(path);
        return array.Dimensions.Count == rank
            ? array
            : throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: offset 3: has {array.Dimensions.Count} dimensions, {what} have {rank}; were images and labels exchanged?"));
    }
}
