namespace NativeNet.Data;

/// <summary>A folder with the four files of MNIST, or of Fashion-MNIST, which has the same names.</summary>
public static class MnistFolder
{
    /// <summary>The classes of MNIST and Fashion-MNIST.</summary>
    public const int ClassCount = 10;

    /// <summary>
    /// Reads <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c> and their <c>t10k</c> twins, also when
    /// they are spelled <c>train-images.idx3-ubyte</c>, and each plain or with <c>.gz</c>.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="DataFormatException">A file is damaged, or the files do not fit each other.</exception>
    /// <exception cref="IOException">The folder or one of the files is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static TrainTest Load(string directory)
    {
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"{directory}: there is no such folder; name the one with the four IDX files");

        DataSet train = LoadPart(directory, "train");
        DataSet test = LoadPart(directory, "t10k");
        return train.InputShape == test.InputShape
            ? new TrainTest(train, test)
            : throw new DataFormatException(
                $"{directory}: training images are {train.InputShape}, test images {test.InputShape}; use the four files of one set");
    }

    private static DataSet LoadPart(string directory, string part)
        => IdxDataSet.Load(Find(directory, $"{part}-images", "idx3"), Find(directory, $"{part}-labels", "idx1"), ClassCount);

    private static string Find(string directory, string stem, string type)
    {
        string[] names = [$"{stem}-{type}-ubyte", $"{stem}.{type}-ubyte", $"{stem}-{type}-ubyte.gz", $"{stem}.{type}-ubyte.gz"];
        return names.Select(name => Path.Combine(directory, name)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{directory}: has none of {string.Join(", ", names)}; put one there");
    }
}
