using NativeNet.Data;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Networks;

namespace NativeNet;

/// <summary>The data that a network is made for, and how it comes into the program.</summary>
public sealed class NetworkData
{
    /// <summary>Of every five rows of a CSV file the last is for the test, as in the built-in digits.</summary>
    private const int HoldOut = 5;

    private NetworkData(string name, float scale)
    {
        Name = name;
        Scale = scale;
    }

    /// <summary>Rows of a CSV file, taken as they are.</summary>
    public static NetworkData Rows { get; } = new("CSV files", 1f);

    /// <summary>The built-in digits, 8 × 8 pixels; those of a file reach from 0 to 16.</summary>
    public static NetworkData Digits { get; } = new("the built-in digits", 1f / 16f);

    /// <summary>The files of MNIST, 28 × 28 pixels from 0 to 255.</summary>
    public static NetworkData Mnist { get; } = new("MNIST", 1f / 255f);

    /// <summary>The name in texts.</summary>
    internal string Name { get; }

    /// <summary>The factor on numbers in CSV, so that pixels reach from 0 to 1.</summary>
    internal float Scale { get; }

    /// <summary>Loads data for a network.</summary>
    /// <param name="network">The network that the data must fit.</param>
    /// <param name="path">A folder of IDX files or a CSV file; null for the built-in data.</param>
    /// <exception cref="UsageException">There is no built-in data.</exception>
    /// <exception cref="DataFormatException">The data is damaged or does not fit the network.</exception>
    internal TrainTest Load(CompiledNetwork network, string? path)
    {
        if (path is null)
            return this == Digits ? DigitsDataSet.Load() : throw MissingFiles(network);

        TrainTest data = Directory.Exists(path) ? MnistFolder.Load(path) : LoadCsv(network, path);
        if (data.Train.InputLength != network.Network.InputLength)
            throw new DataFormatException($"{path}: has {data.Train.InputLength} values a sample; the network {network.Name} takes {network.Network.InputLength}");
        return data;
    }

    private UsageException MissingFiles(CompiledNetwork network) => this == Rows
        ? new($"{network.Name} needs --data FILE.csv: in each row the inputs, then the class")
        : new($"{network.Name} needs --data FOLDER with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte "
            + "and t10k-labels-idx1-ubyte, plain or .gz: the files in which MNIST and Fashion-MNIST are published; or --data FILE.csv");

    private TrainTest LoadCsv(CompiledNetwork network, string path)
    {
        DataSet all = CsvReader.Load(path, new CsvOptions { Scale = Scale, ClassCount = network.Network.OutputLength });
        return all.Count >= HoldOut
            ? TrainTest.HoldOutEvery(all, HoldOut)
            : throw new DataFormatException($"{path}: has {all.Count} rows; at least {HoldOut} are needed, because every fifth is held out for the test");
    }
}
