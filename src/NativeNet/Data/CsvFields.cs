using System.Globalization;

namespace NativeNet.Data;

/// <summary>Walks over the fields of one CSV line.</summary>
/// <remarks>
/// Blanks around a field are dropped. A field in quotes may hold separators, and quotes twice, as RFC 4180 has it.
/// </remarks>
/// <param name="line">The line without its end.</param>
/// <param name="separator">What stands between fields.</param>
internal ref struct CsvFields(ReadOnlySpan<char> line, char separator)
{
    private const int QuotedLength = 40;

    private readonly ReadOnlySpan<char> _line = line;
    private readonly char _separator = separator;
    private int _next;

    /// <summary>The field.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    /// <summary>The character where the field starts, from 1.</summary>
    public int Column { get; private set; }

    /// <summary>The fields passed so far, <see cref="Current"/> included.</summary>
    public int Passed { get; private set; }

    /// <summary>The text of <see cref="Current"/> for a message, shortened when it is long.</summary>
    public readonly string Quoted
        => Current.Length <= QuotedLength ? $"'{Current}'" : $"'{Current[..QuotedLength]}…'";

    /// <summary>Whether <see cref="Current"/> stands for a value that is not there.</summary>
    public readonly bool IsMissing
    {
        get
        {
            foreach (string word in (ReadOnlySpan<string>)["", "?", "NA", "N/A", "NaN", "null"])
            {
                if (Current.Equals(word, StringComparison.OrdinalIgnoreCase))
                    return true;
            }

            return false;
        }
    }

    /// <summary>The separator of a file by its first line: a tab, else a semicolon, else a comma.</summary>
    /// <param name="firstLine">A header or the first row.</param>
    public static char DetectSeparator(ReadOnlySpan<char> firstLine)
        => firstLine.Contains('\t') ? '\t' : firstLine.Contains(';') ? ';' : ',';

    /// <summary>Whether a first line is a header: none of its fields is a number.</summary>
    /// <param name="firstLine">The first line.</param>
    /// <param name="separator">What stands between fields.</param>
    public static bool LooksLikeHeader(ReadOnlySpan<char> firstLine, char separator)
    {
        var fields = new CsvFields(firstLine, separator);
        while (fields.MoveNext())
        {
            if (fields.TryGetNumber(out _))
                return false;
        }

        return true;
    }

    /// <summary>The number of fields in a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="separator">What stands between fields.</param>
    public static int Count(ReadOnlySpan<char> line, char separator)
    {
        var fields = new CsvFields(line, separator);
        while (fields.MoveNext())
        {
        }

        return fields.Passed;
    }

    /// <summary>Goes to the next field.</summary>
    /// <returns>Whether there is one; a line has at least one, be it empty.</returns>
    public bool MoveNext()
    {
        if (_next > _line.Length)
            return false;

        ReadOnlySpan<char> rest = _line[_next..];
        int quoted = QuotedLengthOf(rest);
        int length = rest[quoted..].IndexOf(_separator);
        ReadOnlySpan<char> field = length < 0 ? rest : rest[..(quoted + length)];
        Column = _next + 1;
        Passed++;
        _next += field.Length + 1;

        field = field.Trim();
        Current = field.Length >= 2 && field[0] == '"' && field[^1] == '"' ? Unquoted(field[1..^1]) : field;
        return true;
    }

    /// <summary>Reads <see cref="Current"/> as a number with a decimal point, in any culture.</summary>
    /// <param name="value">The nearest float; infinite when the number is too large.</param>
    public readonly bool TryGetNumber(out float value)
        => float.TryParse(Current, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads <see cref="Current"/> as a number that is finite, times <paramref name="scale"/> too.</summary>
    /// <param name="scale">The factor that it will have.</param>
    /// <param name="lines">The source of the line, for messages.</param>
    /// <exception cref="DataFormatException">It is not a number, or not finite.</exception>
    public readonly float ReadNumber(float scale, LineReader lines)
    {
        if (!TryGetNumber(out float value))
            throw lines.Error(Column, $"{Quoted} is not a number; numbers look like 12, -0.5 or 1e-3");

        return float.IsFinite(value * scale)
            ? value
            : throw lines.Error(Column, $"{Quoted} is not a finite 32-bit float after scaling; remove or repair the row");
    }

    /// <summary>The characters up to the closing quote, that included; 0 where the field does not start with one.</summary>
    private static int QuotedLengthOf(ReadOnlySpan<char> text)
    {
        int start = text.Length - text.TrimStart(' ').Length;
        if (start == text.Length || text[start] != '"')
            return 0;

        for (int i = start + 1; i < text.Length; i++)
        {
            if (text[i] != '"')
                continue;
            if (i + 1 == text.Length || text[i + 1] != '"')
                return i + 1;
            i++;
        }

        return 0;
    }

    private static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> text)
        => text.Contains('"') ? text.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : text;
}
