using System.Globalization;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>Elements of a tensor in a file of their own, beside the ONNX file.</summary>
/// <param name="Location">The file's path from the ONNX file's folder.</param>
/// <param name="Offset">Its first byte.</param>
/// <param name="Length">Its bytes; null for all behind the offset.</param>
internal sealed record OnnxExternalData(string Location, long Offset, long? Length)
{
    /// <summary>Reads the elements.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="tensor">The tensor's name for messages.</param>
    /// <param name="expected">The bytes that its shape takes; no others are read.</param>
    /// <exception cref="StorageFormatException">The path leaves the folder of the ONNX file, or the length is another.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public byte[] Read(string path, string tensor, long expected)
    {
        string file = Resolve(path, tensor);
        using FileStream stream = InputFile.Open(file, static problem => new StorageFormatException(problem));
        long available = Math.Max(0, stream.Length - Math.Max(0, Offset)), length = Length ?? available;
        if (Offset < 0 || length != expected || length > available || length > Array.MaxLength)
        {
            throw new StorageFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: tensor '{tensor}': {length} bytes from {Offset} of {file}, which has {stream.Length}; its shape takes {expected}"));
        }

        byte[] bytes = new byte[length];
        stream.Position = Offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The file, which must lie in the ONNX file's folder or below, and not behind a link: the path is that of a stranger.</summary>
    private string Resolve(string path, string tensor)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string[] parts = Location.Split('/', '\\');
        if (Location.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(Location) || Location.Contains(':', StringComparison.Ordinal) || parts.Contains("..", StringComparer.Ordinal))
            throw Outside("leaves the folder of the ONNX file");

        string file = folder;
        foreach (string part in parts)
        {
            file = Path.Combine(file, part);
            if (new FileInfo(file).LinkTarget is not null)
                throw Outside("is a link");
        }

        return file;

        StorageFormatException Outside(string problem) => new($"{path}: tensor '{tensor}': its elements lie in '{Location}', which {problem}; put the file itself beside it");
    }
}
