using System.Globalization;
using NativeNet.Storage;

namespace NativeNet.Data;

/// <summary>A data file open for reading, decompressed on the way if it starts as gzip does.</summary>
internal sealed class SourceFile : IDisposable
{
    /// <summary>Deflate writes at most 258 bytes for a quarter of a byte; zlib's documentation gives the limit as 1032:1.</summary>
    private const int MaxInflation = 1032;

    /// <summary>
    /// A compressed file may become 256 MiB, and beyond that a hundred times its size: numbers shrink to a tenth, and
    /// whoever has more can decompress it beforehand.
    /// </summary>
    private const long LeastContent = 1 << 28, MostContentRatio = 100;

    /// <summary>What a compressed file gets before it has delivered anything.</summary>
    private const int FirstCapacity = 64 * 1024;

    private readonly FileStream _file;
    private readonly bool _isCompressed;

    private SourceFile(string path, FileStream file, bool isCompressed)
    {
        Path = path;
        _file = file;
        _isCompressed = isCompressed;
        Content = isCompressed ? new GzipContent(file, path, MostContent(file)) : file;
    }

    /// <summary>The name for messages.</summary>
    public string Path { get; }

    /// <summary>The bytes after decompression.</summary>
    public Stream Content { get; }

    /// <summary>The most bytes that can come out, whatever a header promises; for a plain file the exact number.</summary>
    public long MaxLength => _isCompressed ? Math.Min(_file.Length * MaxInflation, MostContent(_file)) : _file.Length;

    /// <summary>Opens <paramref name="path"/> and looks at its first two bytes.</summary>
    /// <exception cref="DataFormatException">The path is a folder or a pipe.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static SourceFile Open(string path)
    {
        FileStream file = InputFile.Open(path, static problem => new DataFormatException(problem));
        try
        {
            Span<byte> magic = stackalloc byte[2];
            int length = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
            file.Position = 0;
            return new SourceFile(path, file, length == 2 && magic[0] == 0x1F && magic[1] == 0x8B);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Fills <paramref name="bytes"/> as far as the content goes.</summary>
    /// <param name="bytes">Overwritten from the start.</param>
    /// <returns>The bytes read; fewer than asked for only at the end.</returns>
    /// <exception cref="DataFormatException">The compressed data is damaged.</exception>
    public int Read(Span<byte> bytes) => Content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);

    /// <summary>Reads exactly <paramref name="count"/> bytes, allocating no more than the file has shown to hold.</summary>
    /// <param name="count">The bytes to read, at most <see cref="MaxLength"/>.</param>
    /// <exception cref="DataFormatException">The content ends earlier, or the compressed data is damaged.</exception>
    public byte[] ReadExactly(int count)
    {
        byte[] bytes = HugePages.Allocate(_isCompressed ? Math.Min(count, FirstCapacity) : count);
        int filled = 0;
        while (true)
        {
            filled += Read(bytes.AsSpan(filled));
            if (filled < bytes.Length)
            {
                throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
                    $"{Path}: ends {count - filled} bytes early: {count} should follow the header, {filled} do; fetch the file again"));
            }

            if (filled == count)
                return bytes;

            byte[] longer = HugePages.Allocate((int)Math.Min(count, 2L * bytes.Length));
            bytes.CopyTo(longer, 0);
            bytes = longer;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Content.Dispose();
        _file.Dispose();
    }

    private static long MostContent(FileStream file) => Math.Max(LeastContent, file.Length * MostContentRatio);
}
