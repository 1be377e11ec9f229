using System.Globalization;
using NativeNet.Data;
using NativeNet.Description;
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
    /// <param name="arguments">Where the data comes from.</param>
    /// <exception cref="UsageException">There is no built-in data.</exception>
    /// <exception cref="DataFormatException">The data is damaged or does not fit the network.</exception>
    internal TrainTest Load(NamedNetwork network, DataArguments arguments)
    {
        arguments.Check(network);
        bool isFolder = Directory.Exists(arguments.Path);
        bool holdsOut = isFolder && ImageFolder.IsOne(arguments.Path!);
        if ((arguments.DescribesRows || (arguments.Test is not null && !holdsOut)) && (arguments.Path is null || isFolder))
            throw new UsageException("--label, --target, --rows, --delimiter, --header, --missing and --test are for CSV files; name one with --data FILE.csv");
        if (arguments.Path is not { } path)
            return this == Digits ? Targeted(network, DigitsDataSet.Load(), arguments, Name) : throw MissingFiles(network);

        TrainTest data = isFolder ? Targeted(network, LoadFolder(network, path, arguments, holdsOut), arguments, path) : LoadCsv(network, path, arguments);
        if (data.Train.TargetLength != network.Network.TargetLength)
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture, $"{path}: has {data.Train.TargetLength} {(data.Train.IsAutoencoding ? "inputs to give back" : data.Train.ClassCount > 0 ? "labels" : "targets")} a sample; the network {network.Name} has {network.Network.TargetLength}"));
        if (data.Train.InputLength != network.Network.InputLength)
            throw new DataFormatException($"{path}: has {data.Train.InputLength} values a sample; the network {network.Name} takes {network.Network.InputLength}");
        if (data.Train.ClassCount > network.Network.ClassCount)
            throw new DataFormatException($"{path}: has {data.Train.ClassCount} classes; the network {network.Name} tells {network.Network.ClassCount} apart");
        if (!data.Train.Fits(network.Network.InputShape, network.Network.InputLength))
            throw new DataFormatException($"{path}: has samples of {data.Train.InputShape}; the network {network.Name} takes {network.Network.InputShape}");
        CheckTargets(network, data, path);
        return data;
    }

    /// <summary>Classified samples as a network learns them.</summary>
    /// <exception cref="UsageException">The network learns values, of which there are none.</exception>
    private static TrainTest Targeted(NamedNetwork network, TrainTest data, DataArguments arguments, string source)
        => network.HasClasses ? data
            : arguments.IsAutoencoding ? new TrainTest(data.Train.WithInputsAsTargets(), data.Test.WithInputsAsTargets())
            : throw new UsageException($"{network.Name} learns values, and {source} has classes; it can learn to give the inputs back: --target {DataArguments.Inputs}");

    /// <summary>Refuses targets outside the range of the network's loss.</summary>
    private static void CheckTargets(NamedNetwork network, TrainTest data, string path)
    {
        TrainableNetwork own = network.Network;
        if (own.TrainingLoss != LossKind.BinaryCrossEntropy)
            return;

        float[] targets = new float[own.TargetLength];
        foreach (DataSet part in (DataSet[])[data.Train, data.Test])
        {
            for (int i = 0; i < part.Count; i++)
            {
                part.CopyTargets([i], targets);
                if (targets.Any(static target => target is < 0 or > 1))
                    throw new DataFormatException(string.Create(CultureInfo.InvariantCulture, $"{path}: has the target {targets.First(static target => target is < 0 or > 1)}; the loss of {network.Name} takes those from 0 to 1"));
            }
        }
    }

    private UsageException MissingFiles(NamedNetwork network) => this == Rows
        ? new($"{network.Name} needs --data FILE.csv: in each row the inputs, then {DescribeTargets(network)}")
        : new($"{network.Name} needs --data FOLDER with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte "
            + "and t10k-labels-idx1-ubyte, plain or .gz: the files in which MNIST and Fashion-MNIST are published; or --data FILE.csv");

    private static string DescribeTargets(NamedNetwork network) => (network.HasClasses, network.Network.TargetLength) switch
    {
        (true, 1) => "the class",
        (true, var positions) => string.Create(CultureInfo.InvariantCulture, $"the classes of its {positions} positions"),
        (false, 1) => "the value to learn",
        _ => "the values to learn",
    };

    private TrainTest LoadCsv(NamedNetwork network, string path, DataArguments arguments)
    {
        FrameRows? frames = arguments.Rows == RowKind.Frames ? new FrameRows(network) : null;
        CsvOptions options = arguments.RowsFor(network, frames?.Targets ?? network.Network.TargetLength, Scale);
        DataSet all = Read(path);
        if (arguments.Test is not { } test || double.TryParse(test, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return HoldOutTest(network, path, all, arguments);

        DataSet file = Read(test);
        return file.InputLength == all.InputLength
            ? new TrainTest(all, file)
            : throw new DataFormatException($"{test}: has {file.InputLength} values a sample; {path} has {all.InputLength}");

        DataSet Read(string file)
        {
            DataSet rows = CsvReader.Load(file, options);
            return frames?.Cut(rows, file) ?? rows;
        }
    }

    /// <summary>Images by class, those to be judged by in a folder of their own or held out; or the files of MNIST.</summary>
    private static TrainTest LoadFolder(NamedNetwork network, string path, DataArguments arguments, bool holdsOut)
    {
        string train = Path.Combine(path, "train"), test = Path.Combine(path, "test");
        if (Directory.Exists(train) && ImageFolder.IsOne(train))
            return new TrainTest(Images(train), Images(test));

        return holdsOut ? HoldOutTest(network, path, Images(path), arguments) : MnistFolder.Load(path, Math.Max(MnistFolder.ClassCount, Math.Min(256, network.Network.OutputLength)));

        DataSet Images(string folder)
            => ImageFolder.Load(folder, network.Network.InputShape, network.Network.Classes.Count > 0 ? network.Network.Classes : null);
    }

    /// <summary>Holds out a share of each class, or every fifth sample; of a signal that a stateful network takes as a whole, the last ones.</summary>
    private static TrainTest HoldOutTest(NamedNetwork network, string path, DataSet all, DataArguments arguments)
    {
        if (arguments.Test is not { } test)
        {
            return all.Count >= HoldOut
                ? network.Network.IsStateful ? TrainTest.HoldOutLast(all, all.Count / HoldOut) : TrainTest.HoldOutEvery(all, HoldOut)
                : throw new DataFormatException($"{path}: has {all.Count} samples; at least {HoldOut} are needed, because every fifth is held out for the test");
        }

        if (!double.TryParse(test, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) || !(share > 0 && share < 1))
            throw new UsageException($"--test must be a CSV file, or a share above 0 and below 1, not '{test}'");

        if (network.Network.IsStateful && all.Count > 1)
            return TrainTest.HoldOutLast(all, Math.Clamp((int)Math.Round(share * all.Count), 1, all.Count - 1));

        bool canHold = Enumerable.Range(0, all.Count).GroupBy(all.ClassOf).Any(static members => members.Count() > 1);
        return canHold
            ? TrainTest.Stratified(all, share, arguments.Seed)
            : throw new DataFormatException($"{path}: has one row{(all is { ClassCount: > 0, TargetLength: 1 } ? " of each class" : "")}, so none can be held out; name other rows with --test FILE.csv");
    }
}
