using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace NativeNet.Data;

/// <summary>Reads PNG: grey, colour and palettes of 1 to 16 bits, of which the upper 8 count; transparency is left out.</summary>
/// <remarks>
/// "Portable Network Graphics (PNG) Specification", third edition, W3C 2025. Interlaced images are refused: they are made
/// for slow lines, not for data sets.
/// </remarks>
internal sealed class PngImage : IDisposable
{
    private const int HeaderLength = 13, MaxSide = 1 << 16;

    private readonly string _path;
    private readonly MemoryStream _compressed = new();
    private byte[] _palette = [];
    private int _width, _height, _depth, _type;

    private PngImage(string path) => _path = path;

    /// <summary>The samples of a pixel as stored: palettes have one, an index.</summary>
    private int StoredChannels => _type switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Reads an image.</summary>
    /// <param name="content">The file.</param>
    /// <param name="start">Where its first chunk begins.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="DataFormatException">It is damaged, interlaced or too large.</exception>
    public static ImagePixels Read(byte[] content, int start, int length, string path)
    {
        using var image = new PngImage(path);
        image.ReadChunks(content.AsSpan(start, length - start));
        return image.ReadPixels();
    }

    /// <inheritdoc/>
    public void Dispose() => _compressed.Dispose();

    /// <summary>Chunks are a length, a name of four letters, data, and a checksum over name and data.</summary>
    private void ReadChunks(ReadOnlySpan<byte> rest)
    {
        for (bool isFirst = true, isOver = false; !isOver; isFirst = false)
        {
            int length = rest.Length < 12 ? -1 : BinaryPrimitives.ReadInt32BigEndian(rest);
            if (length < 0 || length > rest.Length - 12)
                throw Error("is cut short");

            ReadOnlySpan<byte> name = rest.Slice(4, 4), data = rest.Slice(8, length);
            if (BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + length)..]) != Checksum(rest.Slice(4, 4 + length)))
                throw Error("is damaged: a checksum is wrong");
            if (isFirst && !name.SequenceEqual("IHDR"u8))
                throw Error("does not begin with a header");

            if (name.SequenceEqual("IHDR"u8))
                ReadHeader(data);
            else if (name.SequenceEqual("PLTE"u8))
                _palette = data.ToArray();
            else if (name.SequenceEqual("IDAT"u8))
                _compressed.Write(data);
            isOver = name.SequenceEqual("IEND"u8);
            rest = rest[(12 + length)..];
        }
    }

    private void ReadHeader(ReadOnlySpan<byte> data)
    {
        if (data.Length != HeaderLength || _width > 0)
            throw Error("has a wrong header");

        (_width, _height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
        (_depth, _type) = (data[8], data[9]);
        bool isKnown = (_type, _depth) is (0, 1 or 2 or 4 or 8 or 16) or (2 or 4 or 6, 8 or 16) or (3, 1 or 2 or 4 or 8);
        if (!isKnown || data[10] != 0 || data[11] != 0 || _width is < 1 or > MaxSide || _height is < 1 or > MaxSide || (long)_width * _height * 4 > ImageFile.MaxPixels)
            throw Error("has a header that no reader knows, or is too large");
        if (data[12] != 0)
            throw Error("is interlaced; save it without");
    }

    private ImagePixels ReadPixels()
    {
        int bits = StoredChannels * _depth, step = Math.Max(1, bits / 8), stride = ((_width * bits) + 7) / 8;
        int channels = _type is 2 or 3 or 6 ? 3 : 1;
        byte[] pixels = new byte[_width * _height * channels];
        byte[] before = new byte[stride], line = new byte[stride + 1];
        _compressed.Position = 0;
        using var lines = new ZLibStream(_compressed, CompressionMode.Decompress);
        for (int row = 0; row < _height; row++)
        {
            if (ReadLine(lines, line) < line.Length)
                throw Error("has fewer pixels than its header promises");

            Span<byte> current = line.AsSpan(1);
            Unfilter(line[0], current, before, step);
            for (int x = 0; x < _width; x++)
                CopyPixel(current, x, pixels.AsSpan(((row * _width) + x) * channels, channels));
            current.CopyTo(before);
        }

        return new ImagePixels(_height, _width, channels, pixels);
    }

    private int ReadLine(ZLibStream lines, byte[] line)
    {
        try
        {
            return lines.ReadAtLeast(line, line.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            throw Error("has compressed data that is damaged");
        }
    }

    /// <summary>Takes back a filter: every byte is stored less a guess from the pixels left of it and above.</summary>
    private void Unfilter(byte filter, Span<byte> line, ReadOnlySpan<byte> above, int step)
    {
        if (filter > 4)
            throw Error("has a filter that no reader knows");

        for (int i = 0; filter > 0 && i < line.Length; i++)
        {
            int left = i < step ? 0 : line[i - step], up = above[i], corner = i < step ? 0 : above[i - step];
            line[i] += (byte)(filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                _ => Paeth(left, up, corner),
            });
        }
    }

    /// <summary>Of left, up and corner that which is nearest to left + up − corner; of equal ones the first.</summary>
    private static int Paeth(int left, int up, int corner)
    {
        int toLeft = Math.Abs(up - corner), toUp = Math.Abs(left - corner), toCorner = Math.Abs(left + up - (2 * corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private void CopyPixel(ReadOnlySpan<byte> line, int x, Span<byte> pixel)
    {
        if (_type == 3)
        {
            int index = Sample(line, x);
            if ((3 * index) + 3 > _palette.Length)
                throw Error("has a colour that its palette lacks");
            _palette.AsSpan(3 * index, 3).CopyTo(pixel);
            return;
        }

        for (int channel = 0; channel < pixel.Length; channel++)
        {
            int sample = Sample(line, (x * StoredChannels) + channel);
            pixel[channel] = (byte)(_depth < 8 ? sample * 255 / ((1 << _depth) - 1) : sample);
        }
    }

    /// <summary>A sample of a line: of 16 bits the upper 8.</summary>
    private int Sample(ReadOnlySpan<byte> line, int index)
    {
        if (_depth >= 8)
            return line[index * (_depth / 8)];

        int bit = index * _depth;
        return (line[bit / 8] >> (8 - _depth - (bit % 8))) & ((1 << _depth) - 1);
    }

    /// <summary>CRC-32 with the polynomial 0xEDB88320, bit by bit: chunks are as long as the compressed pixels, which take longer to unpack.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }

    private DataFormatException Error(string problem) => new(string.Create(CultureInfo.InvariantCulture, $"{_path}: {problem}"));
}
