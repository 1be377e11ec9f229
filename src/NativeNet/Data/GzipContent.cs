using System.Globalization;
using System.IO.Compression;

namespace NativeNet.Data;

/// <summary>What a gzip file of one or several members holds, to the checksum of the last.</summary>
/// <remarks>
/// The decompressor of .NET takes the end of a file for the end of its data, wherever it comes, and without a trailer
/// compares no checksum. So a member with a mark follows the file: the mark comes out last where the file ended as a
/// member does, and nowhere else.
/// </remarks>
internal sealed class GzipContent : ForwardStream
{
    private const int BufferLength = 1 << 16;

    private readonly GZipStream _content;
    private readonly byte[] _buffer = new byte[BufferLength];
    private readonly string _path;
    private readonly long _most;
    private long _total;
    private int _start;
    private int _end;
    private bool _isOver;

    /// <summary>Decompresses.</summary>
    /// <param name="file">The compressed data, from its beginning; disposed with this stream.</param>
    /// <param name="path">The name for messages.</param>
    /// <param name="most">The most bytes that may come out.</param>
    public GzipContent(Stream file, string path, long most)
    {
        _path = path;
        _content = new GZipStream(new Marked(file), CompressionMode.Decompress);
        _most = most;
    }

    private static ReadOnlySpan<byte> Mark => "the end of a file, not of its data"u8;

    /// <summary>Reads what comes next.</summary>
    /// <param name="buffer">Overwritten from the start.</param>
    /// <returns>The bytes read; 0 at the end, where every checksum was right.</returns>
    /// <exception cref="DataFormatException">The data is damaged, cut short or too long.</exception>
    public override int Read(Span<byte> buffer)
    {
        // What comes last is the mark: as many bytes are held back.
        while (_end - _start <= Mark.Length && !_isOver)
            Fill();

        int count = Math.Min(buffer.Length, _end - _start - Mark.Length);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        int read = Decompress(_buffer.AsSpan(_end));
        _end += read;
        _total += read;
        _isOver = read == 0;
        if (_total - Mark.Length > _most)
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture, $"{_path}: becomes more than {_most} bytes; if that is what it should be, decompress it beforehand"));
        if (_isOver && !_buffer.AsSpan(0, _end).SequenceEqual(Mark))
            throw Damaged();
    }

    private int Decompress(Span<byte> bytes)
    {
        try
        {
            return _content.Read(bytes);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception);
        }
    }

    private DataFormatException Damaged(Exception? inner = null)
    {
        string message = $"{_path}: the gzip data is damaged or cut short; fetch the file again";
        return inner is null ? new DataFormatException(message) : new DataFormatException(message, inner);
    }

    /// <summary>A file with the member behind it.</summary>
    private sealed class Marked(Stream file) : ForwardStream
    {
        private readonly MemoryStream _mark = new(Member());

        /// <inheritdoc/>
        public override int Read(Span<byte> buffer)
        {
            int read = file.Read(buffer);
            return read > 0 ? read : _mark.Read(buffer);
        }

        /// <inheritdoc/>
        protected override void Dispose(bool disposing)
        {
            if (disposing)
                file.Dispose();
            base.Dispose(disposing);
        }

        private static byte[] Member()
        {
            using var member = new MemoryStream();
            using (var gzip = new GZipStream(member, CompressionLevel.NoCompression))
                gzip.Write(Mark);
            return member.ToArray();
        }
    }
}
