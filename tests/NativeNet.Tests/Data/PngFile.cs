using System.Buffers.Binary;
using System.IO.Compression;

namespace NativeNet.Tests.Data;

/// <summary>Writes PNG of any type, its lines filtered in turn by each of the five filters.</summary>
internal static class PngFile
{
    /// <summary>Encodes lines of samples.</summary>
    /// <param name="type">0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha.</param>
    /// <param name="depth">The bits of a sample.</param>
    /// <param name="width">The pixels of a line.</param>
    /// <param name="samples">All samples, row-major, each below 2^depth.</param>
    /// <param name="palette">(colours, 3).</param>
    /// <param name="interlace">What the header says of it.</param>
    public static byte[] Encode(int type, int depth, int width, int[] samples, byte[]? palette = null, byte interlace = 0)
    {
        int channels = type switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        int height = samples.Length / width / channels, stride = ((width * channels * depth) + 7) / 8, step = Math.Max(1, channels * depth / 8);
        var packed = new byte[height * stride];
        for (int i = 0; i < samples.Length; i++)
        {
            int row = i / (width * channels), bit = (i % (width * channels)) * depth;
            if (depth == 16)
                BinaryPrimitives.WriteUInt16BigEndian(packed.AsSpan((row * stride) + (bit / 8)), (ushort)samples[i]);
            else
                packed[(row * stride) + (bit / 8)] |= (byte)(samples[i] << (8 - depth - (bit % 8)));
        }

        using var lines = new MemoryStream();
        for (int row = 0; row < height; row++)
        {
            lines.WriteByte((byte)(row % 5));
            for (int i = 0; i < stride; i++)
            {
                int a = i < step ? 0 : packed[(row * stride) + i - step];
                int b = row == 0 ? 0 : packed[((row - 1) * stride) + i];
                int c = i < step || row == 0 ? 0 : packed[((row - 1) * stride) + i - step];
                int guess = (row % 5) switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => new[] { a, b, c }.MinBy(near => Math.Abs(a + b - c - near)) };
                lines.WriteByte((byte)(packed[(row * stride) + i] - guess));
            }
        }

        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(lines.ToArray());

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)type, interlace);
        byte[] data = compressed.ToArray();
        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR"u8, header), .. Chunk("tEXt"u8, "a\0b"u8),
            .. palette is null ? [] : Chunk("PLTE"u8, palette), .. Chunk("IDAT"u8, data.AsSpan(0, data.Length / 2)), .. Chunk("IDAT"u8, data.AsSpan(data.Length / 2)), .. Chunk("IEND"u8, []),
        ];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        byte[] chunk = [0, 0, 0, 0, .. name, .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        uint crc = uint.MaxValue;
        foreach (byte value in chunk.AsSpan(4, 4 + data.Length))
        {
            uint rest = (crc ^ value) & 0xFF;
            for (int bit = 0; bit < 8; bit++)
                rest = (rest >> 1) ^ ((rest & 1) * 0xEDB88320);
            crc = (crc >> 8) ^ rest;
        }

        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), ~crc);
        return chunk;
    }
}
