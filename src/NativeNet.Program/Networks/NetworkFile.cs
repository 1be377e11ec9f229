using System.Globalization;
using System.Text;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Description.Json;

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
            return NetworkSpec.Parse(ReadText(file));
        }
        catch (DecoderFallbackException)
        {
            throw new DataFormatException($"{file}: is not UTF-8; save the file as UTF-8");
        }
        catch (NetworkFormatException exception)
        {
            throw new DataFormatException(string.Join('\n', exception.Diagnostics.Select(diagnostic => file + diagnostic)));
        }
    }
    /// <summary>The text, of which no more is read than a network may have: no character takes more than three bytes a code unit.</summary>
    private static string ReadText(string file)
    {
        using FileStream stream = File.OpenRead(file);
        byte[] bytes = new byte[3 * (JsonReader.MostCharacters + 1)];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length < bytes.Length
            ? LineReader.Utf8.GetString(bytes, 0, length)
            : throw new DataFormatException(string.Create(CultureInfo.InvariantCulture, $"{file}: has more than the {JsonReader.MostCharacters} characters of a network description"));
    }
}
