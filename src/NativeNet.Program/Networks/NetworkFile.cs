using NativeNet.Program.CommandLine;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Program.Networks;

/// <summary>A network that the user names by its file.</summary>
internal static class NetworkFile
{
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
}
