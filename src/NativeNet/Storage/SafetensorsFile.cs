using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Runtime.InteropServices;

namespace NativeNet.Storage;

/// <summary>The content of a safetensors file of 32-bit floats.</summary>
/// <remarks>
/// Eight bytes with the header's length, a JSON header, the data; everything little-endian. The format is described at
/// https://github.com/huggingface/safetensors.
/// </remarks>
public sealed class SafetensorsFile
{
    private SafetensorsFile(ImmutableArray<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Tensors = tensors;
        Metadata = metadata;
    }

    /// <summary>The tensors, in the order of their data; no name twice.</summary>
    public ImmutableArray<SafetensorsTensor> Tensors { get; }

    /// <summary>Texts beside the tensors.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StorageFormatException">The file is not valid, holds other types than F32, or is cut short.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SafetensorsFile Read(string path) => Read(path, static (_, _) => { });

    /// <summary>Reads a whole file whose tensors are as expected.</summary>
    /// <param name="path">The file.</param>
    /// <param name="check">Sees which tensors there are, and the texts beside them, before values are read, and throws where it does not want them.</param>
    /// <exception cref="StorageFormatException">As above.</exception>
    /// <exception cref="IOException">As above.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    internal static SafetensorsFile Read(string path, Action<List<SafetensorsEntry>, IReadOnlyDictionary<string, string>> check)
    {
        using FileStream file = InputFile.Open(path, static problem => new StorageFormatException(problem));
        return Read(path, file, check);
    }

    /// <summary>Reads what a stream holds from its position 0 to its end.</summary>
    /// <param name="path">The name for messages.</param>
    /// <param name="file">A stream that can seek.</param>
    /// <exception cref="StorageFormatException">The content is not valid, holds other types than F32, or is cut short.</exception>
    internal static SafetensorsFile Read(string path, Stream file) => Read(path, file, static (_, _) => { });

    /// <summary>Reads what a stream holds from its position 0 to its end, where its tensors are as expected.</summary>
    /// <param name="path">The name for messages.</param>
    /// <param name="file">A stream that can seek.</param>
    /// <param name="check">As above.</param>
    /// <exception cref="StorageFormatException">As above.</exception>
    internal static SafetensorsFile Read(string path, Stream file, Action<List<SafetensorsEntry>, IReadOnlyDictionary<string, string>> check)
    {
        byte[] json = ReadHeader(path, file);
        SafetensorsHeader header = SafetensorsHeader.Parse(path, json, file.Length - SafetensorsFormat.PrefixLength - json.Length);
        check(header.Entries, header.Metadata);

        var tensors = ImmutableArray.CreateBuilder<SafetensorsTensor>(header.Entries.Count);
        foreach (SafetensorsEntry entry in header.Entries)
        {
            entry.RequireFloat32(path);
            float[] values = GC.AllocateUninitializedArray<float>((int)((entry.End - entry.Begin) / sizeof(float)));
            LittleEndian.ReadExactly(file, MemoryMarshal.Cast<float, int>(values.AsSpan()));
            tensors.Add(new SafetensorsTensor(entry.Name, entry.Shape, values));
        }

        return new SafetensorsFile(tensors.MoveToImmutable(), header.Metadata);
    }

    /// <summary>Reads a file of tensors of any type of floats as 32-bit floats, rounded to nearest; those of integers are left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="check">Sees the texts beside the tensors before values are read, and throws where it does not want them.</param>
    /// <returns>The tensors, and beside each the type that it had.</returns>
    /// <exception cref="StorageFormatException">The file is not valid or is cut short.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    internal static IReadOnlyList<(SafetensorsTensor Tensor, ElementType Type)> ReadConverted(string path, Action<IReadOnlyDictionary<string, string>> check)
    {
        using FileStream file = InputFile.Open(path, static problem => new StorageFormatException(problem));
        byte[] json = ReadHeader(path, file);
        SafetensorsHeader header = SafetensorsHeader.Parse(path, json, file.Length - SafetensorsFormat.PrefixLength - json.Length);
        check(header.Metadata);

        var tensors = new List<(SafetensorsTensor, ElementType)>();
        foreach (SafetensorsEntry entry in header.Entries)
        {
            byte[] bytes = new byte[entry.End - entry.Begin];
            file.ReadExactly(bytes);
            if (entry.Type.IsFloat)
                tensors.Add((new SafetensorsTensor(entry.Name, entry.Shape, entry.Type.Convert(bytes)), entry.Type));
        }

        return tensors;
    }

    /// <summary>Writes a file; an existing one is replaced only when the new one is complete.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="tensors">The tensors, in the order in which they will lie; no name twice.</param>
    /// <param name="metadata">Texts beside them; null for none.</param>
    /// <exception cref="ArgumentException">A name appears twice, or a text is not valid Unicode.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(
        string path, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        byte[] header = SafetensorsHeaderWriter.Write(tensors, metadata ?? ReadOnlyDictionary<string, string>.Empty);
        AtomicFile.Write(path, stream => Write(stream, header, tensors));
    }

    /// <summary>Writes a file's content.</summary>
    /// <param name="stream">Receives it.</param>
    /// <param name="header">What <see cref="SafetensorsHeaderWriter"/> made of the same tensors.</param>
    /// <param name="tensors">The tensors.</param>
    internal static void Write(Stream stream, byte[] header, IReadOnlyList<SafetensorsTensor> tensors)
    {
        Span<byte> chunk = stackalloc byte[LittleEndian.ChunkLength];
        BinaryPrimitives.WriteUInt64LittleEndian(chunk, (ulong)header.Length);
        stream.Write(chunk[..SafetensorsFormat.PrefixLength]);
        stream.Write(header);

        foreach (SafetensorsTensor tensor in tensors)
        {
            ReadOnlySpan<int> rest = MemoryMarshal.Cast<float, int>(tensor.Values.Span);
            while (!rest.IsEmpty)
            {
                int count = LittleEndian.Encode(rest, chunk);
                stream.Write(chunk[..(count * sizeof(float))]);
                rest = rest[count..];
            }
        }
    }

    private static byte[] ReadHeader(string path, Stream file)
    {
        Span<byte> prefix = stackalloc byte[SafetensorsFormat.PrefixLength];
        int read = file.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        byte[] json = new byte[SafetensorsFormat.HeaderLength(path, prefix[..read], file.Length)];
        file.ReadExactly(json);
        return json;
    }
}
