using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Program.Bench;
using NativeNet.Program.CommandLine;
using NativeNet.Runtime;
using NativeNet.Storage;

namespace NativeNet.Program.Networks;

/// <summary>A network that the user names by its file.</summary>
internal static class NetworkFile
{
    private const string Extension = ".nn.json";

    /// <summary>A screenful beside the first.</summary>
    private const int MostMistakes = 20;

    /// <summary>Whether a name on the command line means a file rather than a network of the binary.</summary>
    public static bool IsFile(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a network.</summary>
    /// <param name="file">A <c>*.nn.json</c> file.</param>
    /// <exception cref="DataFormatException">The file is wrong; every mistake is a line with its place.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static NetworkSpec Read(string file)
    {
        try
        {
            using var reader = new StreamReader(InputFile.Open(file, static problem => new DataFormatException(problem)));
            return NetworkSpec.Parse(reader.ReadToEnd());
        }
        catch (NetworkFormatException exception)
        {
            foreach (NetworkDiagnostic diagnostic in exception.Diagnostics.Skip(1).Take(MostMistakes))
                Terminal.WriteError(file + diagnostic);
            throw new DataFormatException(file + exception.Diagnostics[0]);
        }
    }

    /// <summary>Makes the network of a file ready to run, and says that nothing of it is compiled.</summary>
    /// <param name="file">A <c>*.nn.json</c> file.</param>
    /// <exception cref="DataFormatException">The file is wrong, or its network no classifier.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static CompiledNetwork Run(string file)
    {
        NetworkSpec spec = Read(file);
        string name = Path.GetFileName(file);
        if (name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            name = name[..^Extension.Length];
        if (spec.Loss != LossKind.SoftmaxCrossEntropy)
            throw new DataFormatException($"{file}: the commands take classifiers, networks with the loss {Vocabulary.WordFor(LossKind.SoftmaxCrossEntropy)}");

        var network = (TrainableNetwork<int>)RuntimeNetwork.Create(spec, Path.GetFileName(file));
        Terminal.WriteError($"{file} is run as it stands, about half as fast as when compiled; 'dotnet new nativenet' makes a program of it");
        return new CompiledNetwork(name, DataOf(network), network, threads => new NetworkBench(name, network, threads));
    }

    /// <summary>That of the same network in this program; of others rows as they are.</summary>
    private static NetworkData DataOf(TrainableNetwork<int> network)
        => NetworkCatalog.All.FirstOrDefault(own => own.Network.Fingerprint == network.Fingerprint)?.Data ?? NetworkData.Rows;
}
