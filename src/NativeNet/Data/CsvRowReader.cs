namespace NativeNet.Data;

/// <summary>Reads rows of numbers without labels, one at a time, as they arrive: what predictions are made for.</summary>
/// <remarks>Separators, header, blank lines and numbers are as <see cref="CsvReader"/> takes them.</remarks>
public sealed class CsvRowReader
{
    private readonly LineReader _lines;
    private readonly float _scale;
    private readonly bool? _hasHeader;
    private char? _separator;
    private bool _hasBegun;

    /// <summary>A reader of rows of <paramref name="length"/> numbers.</summary>
    /// <param name="text">The text; not disposed.</param>
    /// <param name="name">The name for messages.</param>
    /// <param name="length">The numbers in a row, at least 1.</param>
    /// <param name="scale">The factor on every number.</param>
    /// <param name="separator">What stands between fields; null for the tab, semicolon or comma that the first line has.</param>
    /// <param name="hasHeader">Whether the first line names the columns; null to take it for names when none of its fields is a number.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is below 1.</exception>
    public CsvRowReader(TextReader text, string name, int length, float scale = 1f, char? separator = null, bool? hasHeader = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _lines = new LineReader(text, name);
        (_scale, _separator, _hasHeader) = (scale, separator, hasHeader);
        Length = length;
    }

    /// <summary>The numbers in a row.</summary>
    public int Length { get; }

    /// <summary>Whether the first line, once a row was asked for, turned out to name the columns.</summary>
    public bool HasHeader { get; private set; }

    /// <summary>The line of the row read last, from 1.</summary>
    public int LineNumber => _lines.LineNumber;

    /// <summary>Reads the next row.</summary>
    /// <param name="row">(Length), overwritten.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="DataFormatException">The row has another length, or a field is not a finite number.</exception>
    /// <exception cref="ArgumentException"><paramref name="row"/> is not of <see cref="Length"/>.</exception>
    public bool TryRead(Span<float> row)
    {
        if (row.Length != Length)
            throw new ArgumentException("row must be as long as Length", nameof(row));
        if (!_lines.TryReadContent(out ReadOnlySpan<char> line))
            return false;

        char separator = _separator ??= CsvFields.DetectSeparator(line);
        if (!_hasBegun)
        {
            _hasBegun = true;
            HasHeader = _hasHeader ?? CsvFields.LooksLikeHeader(line, separator);
            if (HasHeader && CsvFields.Count(line, separator) is var names && names != Length)
                throw _lines.Error(1, $"the line has {names} columns; it must have {Length}, separated by tabs, ';' or ',' or by what is said to separate them");
            if (HasHeader && !_lines.TryReadContent(out line))
                return false;
        }

        var fields = new CsvFields(line, separator);
        while (fields.MoveNext())
        {
            if (fields.Passed > Length)
                throw _lines.Error(fields.Column, $"the row has more than {Length} columns; is a label among them?");
            row[fields.Passed - 1] = fields.ReadNumber(_scale, _lines) * _scale;
        }

        return fields.Passed == Length
            ? true
            : throw _lines.Error(fields.Column, $"the row ends after {fields.Passed} columns; it must have {Length}");
    }
}
