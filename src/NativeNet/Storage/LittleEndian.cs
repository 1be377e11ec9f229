using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NativeNet.Storage;

/// <summary>Four-byte values to and from the byte order of files.</summary>
internal static class LittleEndian
{
    /// <summary>The bytes of one chunk: enough to make a call cheap, little enough for the stack.</summary>
    public const int ChunkLength = 4096;

    /// <summary>The most values at a time: 1 GiB, because a span of bytes ends at 2 GiB.</summary>
    private const int MaxRead = 1 << 28;

    /// <summary>Encodes as many of the first values as fit.</summary>
    /// <param name="values">The values.</param>
    /// <param name="chunk">Overwritten from the start with four bytes a value.</param>
    /// <returns>The number of values encoded.</returns>
    public static int Encode(ReadOnlySpan<int> values, Span<byte> chunk)
    {
        int count = Math.Min(values.Length, chunk.Length / sizeof(int));
        for (int i = 0; i < count; i++)
            BinaryPrimitives.WriteInt32LittleEndian(chunk[(i * sizeof(int))..], values[i]);
        return count;
    }

    /// <summary>Reads values straight to where they belong.</summary>
    /// <param name="stream">The values, four bytes each.</param>
    /// <param name="values">Overwritten.</param>
    /// <exception cref="EndOfStreamException">The stream holds fewer.</exception>
    public static void ReadExactly(Stream stream, Span<int> values)
    {
        while (!values.IsEmpty)
        {
            Span<int> part = values[..Math.Min(values.Length, MaxRead)];
            stream.ReadExactly(MemoryMarshal.AsBytes(part));
            if (!BitConverter.IsLittleEndian)
                BinaryPrimitives.ReverseEndianness(part, part);
            values = values[part.Length..];
        }
    }
}
