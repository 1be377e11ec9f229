using NativeNet.Data;
using NativeNet.Description;

namespace NativeNet.Program.Networks;

/// <summary>A network that the user names by its file.</summary>
internal static class NetworkFile
{
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
            return NetworkSpec.Parse(File.ReadAllText(file));
        }
        catch (NetworkFormatException exception)
        {
            throw new DataFormatException(string.Join('\n', exception.Diagnostics.Select(diagnostic => file + diagnostic)));
        }
    }
}
