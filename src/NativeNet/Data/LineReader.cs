using System.Globalization;
using System.Text;

namespace NativeNet.Data;

/// <summary>Hands out the lines of a text as spans over one buffer; counts them and limits their length.</summary>
/// <remarks>Lines end with LF, CRLF or CR, the last one with any of them or with the text.</remarks>
/// <param name="text">The text, read as it comes: a line from a terminal is handed out before the next is typed.</param>
/// <param name="name">The file's name for messages.</param>
internal sealed class LineReader(TextReader text, string name)
{
    /// <summary>The longest line in characters: a hundred thousand numbers of ten digits. Bounds the buffer.</summary>
    public const int MaxLineLength = 1 << 20;

    /// <summary>
    /// UTF-8 that refuses other bytes. A reader must not look for a byte-order mark with it: behind one it would replace them.
    /// </summary>
    public static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private char[] _buffer = new char[8 * 1024];
    private int _start;
    private int _end;
    private bool _isAfterReturn;

    /// <summary>The number of the line handed out last, from 1.</summary>
    public int LineNumber { get; private set; }

    /// <summary>Finds the next line that is not blank.</summary>
    /// <param name="line">The line without its end; valid until the next call.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="DataFormatException">The line is too long, or the text cannot be decoded.</exception>
    public bool TryReadContent(out ReadOnlySpan<char> line)
    {
        while (TryRead(out line))
        {
            if (!line.IsWhiteSpace())
                return true;
        }

        return false;
    }

    /// <summary>An error at a place in the line handed out last.</summary>
    /// <param name="column">The character in the line, from 1.</param>
    /// <param name="problem">What is wrong and what to do.</param>
    public DataFormatException Error(int column, FormattableString problem)
        => new(string.Create(CultureInfo.InvariantCulture, $"{name}({LineNumber},{column}): ")
            + problem.ToString(CultureInfo.InvariantCulture));

    private bool TryRead(out ReadOnlySpan<char> line)
    {
        int scanned = 0;
        while (true)
        {
            if (_isAfterReturn && _start < _end)
            {
                _start += _buffer[_start] == '\n' ? 1 : 0;
                _isAfterReturn = false;
            }

            ReadOnlySpan<char> pending = _buffer.AsSpan(_start, _end - _start);
            int newline = pending[scanned..].IndexOfAny('\n', '\r');
            if (newline >= 0)
            {
                line = pending[..(scanned + newline)];
                _isAfterReturn = pending[line.Length] == '\r';
                _start += line.Length + 1;
                break;
            }

            scanned = pending.Length;
            if (scanned <= MaxLineLength && Fill())
                continue;

            line = _buffer.AsSpan(_start, scanned);
            _start = _end;
            if (scanned == 0)
                return false;
            break;
        }

        LineNumber++;
        if (line.Length > MaxLineLength)
            throw Error(1, $"the line has more than {MaxLineLength} characters; is this a CSV file?");
        if (LineNumber == 1 && line.StartsWith('\uFEFF'))
            line = line[1..];
        if (line.IndexOf('\0') is >= 0 and var nul)
            throw Error(nul + 1, $"there is a NUL character; the file is damaged or no text");
        return true;
    }

    /// <summary>Reads more text behind what is pending, which moves to the front of the buffer.</summary>
    private bool Fill()
    {
        int pending = _end - _start;
        char[] target = pending > _buffer.Length / 2 ? new char[2 * _buffer.Length] : _buffer;
        _buffer.AsSpan(_start, pending).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, pending);

        try
        {
            int read = text.Read(_buffer.AsSpan(_end));
            _end += read;
            return read > 0;
        }
        catch (InvalidDataException exception)
        {
            throw new DataFormatException($"{name}: the gzip data is damaged; fetch the file again", exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{name}: the text from line {LineNumber + 1} on is not UTF-8, or not the UTF-16 of its mark; save the file as UTF-8"), exception);
        }
    }
}
