using System.Globalization;

namespace NativeNet.Data;

/// <summary>Reads the grey and colour maps of Netpbm, plain (P2, P3) and raw (P5, P6), of up to 8 bits.</summary>
/// <remarks>J. Poskanzer, pgm(5) and ppm(5) of the Netpbm manual.</remarks>
internal ref struct NetpbmImage
{
    private readonly string _path;
    private readonly ReadOnlySpan<byte> _content;
    private int _next;

    private NetpbmImage(ReadOnlySpan<byte> content, string path)
    {
        _path = path;
        _content = content;
        _next = 2;
    }

    /// <summary>Reads a map whose first byte is P.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="DataFormatException">It is damaged.</exception>
    public static ImagePixels Read(ReadOnlySpan<byte> content, string path) => new NetpbmImage(content, path).Read();

    private ImagePixels Read()
    {
        byte kind = _content[1];
        int channels = kind is (byte)'3' or (byte)'6' ? 3 : 1;
        (int width, int height, int greatest) = (Number(65536), Number(65536), Number(65535));
        if (width == 0 || height == 0 || greatest == 0 || (long)width * height * channels > ImageFile.MaxPixels)
            throw Error("has no pixels, or more than there is room for");
        if (greatest > 255)
            throw Error("has more than 8 bits a pixel; save it with 8");

        // A pixel takes a byte, in plain maps a digit and what parts it from the next; one blank ends the header.
        int count = width * height * channels, rest = Math.Max(0, _content.Length - _next - 1);
        bool isPlain = kind is (byte)'2' or (byte)'3';
        if ((isPlain ? (rest + 1) / 2 : rest) < count)
            throw Error("is cut short");

        byte[] pixels = new byte[count];
        if (isPlain)
        {
            for (int i = 0; i < pixels.Length; i++)
                pixels[i] = (byte)Number(greatest);
        }
        else
        {
            _content.Slice(_next + 1, count).CopyTo(pixels);
        }

        for (int i = 0; i < pixels.Length && greatest != 255; i++)
        {
            if (pixels[i] > greatest)
                throw Error("has pixels above its greatest value");
            pixels[i] = (byte)(((pixels[i] * 255) + (greatest / 2)) / greatest);
        }

        return new ImagePixels(height, width, channels, pixels);
    }

    /// <summary>The next number in decimal digits; comments run from # to the end of their line.</summary>
    private int Number(int most)
    {
        while (_next < _content.Length && (_content[_next] == '#' || char.IsWhiteSpace((char)_content[_next])))
        {
            if (_content[_next] == '#')
            {
                int end = _content[_next..].IndexOfAny((byte)'\n', (byte)'\r');
                _next = end < 0 ? _content.Length : _next + end;
            }
            else
            {
                _next++;
            }
        }

        int first = _next, value = 0;
        for (; _next < _content.Length && char.IsAsciiDigit((char)_content[_next]) && value <= most; _next++)
            value = (value * 10) + (_content[_next] - '0');
        return _next > first && value <= most
            ? value
            : throw Error(string.Create(CultureInfo.InvariantCulture, $"has no number up to {most} at offset {first}"));
    }

    private readonly DataFormatException Error(string problem) => new($"{_path}: {problem}; save it anew");
}
