using System.Globalization;
using System.Text;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Description.Json;
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
            return NetworkSpec.Parse(ReadText(file));
        }
        catch (DecoderFallbackException)
        {
            throw new DataFormatException($"{file}: is not UTF-8; save the file as UTF-8");
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
    /// <exception cref="DataFormatException">The file is wrong, or its network has no loss.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static NamedNetwork Run(string file)
    {
        NetworkSpec spec = Read(file);
        if (spec.Loss is null)
            throw new DataFormatException($"{file}: the network has no loss, so that it cannot be trained or judged; predict takes it as it is");

        PredictingNetwork network = Create(spec, file);
        return network is TrainableNetwork<int> classes ? Named(NameOf(file), classes) : Named(NameOf(file), (TrainableNetwork<float>)network);
    }

    /// <summary>Makes the network of a file ready to predict, with a loss or without, and says that nothing of it is compiled.</summary>
    /// <param name="file">A <c>*.nn.json</c> file.</param>
    /// <exception cref="DataFormatException">The file is wrong.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static PredictableNetwork Predict(string file)
    {
        PredictingNetwork network = Create(Read(file), file);
        return new PredictableNetwork(NameOf(file), DataOf(network), network);
    }

    private static PredictingNetwork Create(NetworkSpec spec, string file)
    {
        PredictingNetwork network = RuntimeNetwork.Create(spec, Path.GetFileName(file));
        Terminal.WriteError($"{file} is run as it stands, about half as fast as when compiled; 'dotnet new nativenet' makes a program of it");
        return network;
    }

    private static string NameOf(string file)
    {
        string name = Path.GetFileName(file);
        return name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? name[..^Extension.Length] : name;
    }

    private static NamedNetwork<TTarget> Named<TTarget>(string name, TrainableNetwork<TTarget> network)
        where TTarget : unmanaged
        => new(name, DataOf(network), network, threads => new NetworkBench<TTarget>(name, network, threads));

    /// <summary>That of the same network in this program; of others rows as they are.</summary>
    private static NetworkData DataOf(PredictingNetwork network)
        => NetworkCatalog.All.FirstOrDefault(own => own.Network.Fingerprint == network.Fingerprint)?.Data ?? NetworkData.Rows;

    /// <summary>The text, of which no more is read than a network may have: no character takes more than three bytes a code unit.</summary>
    private static string ReadText(string file)
    {
        using FileStream stream = InputFile.Open(file, static problem => new DataFormatException(problem));
        byte[] bytes = new byte[3 * (JsonReader.MostCharacters + 1)];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length < bytes.Length
            ? LineReader.Utf8.GetString(bytes, 0, length)
            : throw new DataFormatException(string.Create(CultureInfo.InvariantCulture, $"{file}: has more than the {JsonReader.MostCharacters} characters of a network description"));
    }
}
