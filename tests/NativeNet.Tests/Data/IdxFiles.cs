using System.Buffers.Binary;
using System.IO.Compression;

namespace NativeNet.Tests.Data;

/// <summary>Small IDX files.</summary>
public static class IdxFiles
{
    /// <summary>A header of unsigned bytes and then <paramref name="elements"/>.</summary>
    public static byte[] Idx(uint[] dimensions, params byte[] elements)
    {
        byte[] header = new byte[4 * (1 + dimensions.Length)];
        header[2] = 0x08;
        header[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4 * (i + 1)), dimensions[i]);
        return [.. header, .. elements];
    }

    public static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            gzip.Write(content);
        return compressed.ToArray();
    }
}
