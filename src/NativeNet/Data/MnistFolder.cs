namespace NativeNet.Data;

/// <summary>A folder with the four files of MNIST, or of a data set in its form: Fashion-MNIST, KMNIST, EMNIST.</summary>
/// <remarks>Images are as they are stored; those of EMNIST have rows and columns exchanged.</remarks>
public static class MnistFolder
{
    /// <summary>The classes of MNIST and Fashion-MNIST.</summary>
    public const int ClassCount = 10;

    /// <summary>
    /// Reads <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c> and their <c>t10k</c> or <c>test</c> twins, also
    /// when they are spelled <c>train-images.idx3-ubyte</c>, when a name stands before them, as in
    /// <c>emnist-letters-train-images-idx3-ubyte</c>, or when they lie in a folder <c>raw</c>, where torchvision puts them;
    /// each plain or with <c>.gz</c>.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="classCount">The classes, which every label must be below; EMNIST's letters are numbered from 1, so that they are 27.</param>
    /// <exception cref="DataFormatException">A file is damaged, or the files do not fit each other.</exception>
    /// <exception cref="IOException">The folder or one of the files is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static TrainTest Load(string directory, int classCount = ClassCount)
    {
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"{directory}: there is no such folder; name the one with the four IDX files");

        string raw = Path.Combine(directory, "raw");
        string[] files = [.. Directory.GetFiles(directory), .. Directory.Exists(raw) ? Directory.GetFiles(raw) : []];
        DataSet train = LoadPart(directory, files, ["train"], classCount);
        DataSet test = LoadPart(directory, files, ["t10k", "test"], classCount);
        return train.InputShape == test.InputShape
            ? new TrainTest(train, test)
            : throw new DataFormatException(
                $"{directory}: training images are {train.InputShape}, test images {test.InputShape}; use the four files of one set");
    }

    private static DataSet LoadPart(string directory, string[] files, string[] parts, int classCount)
        => IdxDataSet.Load(Find(directory, files, parts, "images", "idx3"), Find(directory, files, parts, "labels", "idx1"), classCount);

    /// <summary>The file of a part: of plain and compressed ones the plain, and none where a folder has two sets.</summary>
    private static string Find(string directory, string[] files, string[] parts, string kind, string type)
    {
        string[] names = [.. parts.SelectMany(part => (string[])[$"{part}-{kind}-{type}-ubyte", $"{part}-{kind}.{type}-ubyte"]).SelectMany(static name => (string[])[name, name + ".gz"])];
        foreach (string name in names)
        {
            string[] found = [.. files.Where(file => Path.GetFileName(file) == name || Path.GetFileName(file).EndsWith("-" + name, StringComparison.Ordinal))];
            if (found.Length > 1)
                throw new DataFormatException($"{directory}: has {string.Join(" and ", found.Select(Path.GetFileName).Order(StringComparer.Ordinal))}; keep the files of one set");
            if (found.Length == 1)
                return found[0];
        }

        throw new FileNotFoundException($"{directory}: has none of {string.Join(", ", names)}; put one there");
    }
}
