using System.Buffers.Binary;

namespace NativeNet.Storage;

/// <summary>Four-byte values to and from the byte order of files, the same code on every machine.</summary>
internal static class LittleEndian
{
    /// <summary>The bytes of one chunk: enough to make a call cheap, little enough for the stack.</summary>
    public const int ChunkLength = 4096;

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

    /// <summary>Decodes all of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">Four bytes a value.</param>
    /// <param name="values">Overwritten from the start.</param>
    public static void Decode(ReadOnlySpan<byte> bytes, Span<int> values)
    {
        for (int i = 0; i < bytes.Length / sizeof(int); i++)
            values[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * sizeof(int))..]);
    }
}
