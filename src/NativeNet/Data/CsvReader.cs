using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NativeNet.Description;

namespace NativeNet.Data;

/// <summary>Reads labelled samples from CSV: one row a sample, numbers, and a column with the class, by number or name.</summary>
/// <remarks>
/// Fields are separated by tabs, semicolons or commas, whichever of these the first line has, and may be quoted; numbers
/// have a decimal point in every culture; blank lines, a byte-order mark and any line end are fine.
/// </remarks>
public static class CsvReader
{
    /// <summary>The largest label plus one when the options do not limit it: beyond that it is no class number.</summary>
    public const int MaxClassCount = 1 << 16;

    /// <summary>The most input numbers of a file, 1 GB of floats: what a small compressed file may unfold to.</summary>
    private const int MaxElements = 1 << 28;

    /// <summary>What headers call the column with the classes.</summary>
    private static readonly string[] LabelNames = ["label", "labels", "class", "target"];

    /// <summary>Reads a file, plain or gzipped, told apart by its first bytes.</summary>
    /// <param name="path">The file, in UTF-8, or in UTF-16 with a byte-order mark.</param>
    /// <param name="options">How to understand it.</param>
    /// <exception cref="DataFormatException">A row is not as it should be, with file, line and column; or there is none.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DataSet Load(string path, CsvOptions? options = null)
    {
        using var file = SourceFile.Open(path);
        using var text = new StreamReader(file.Content, EncodingOf(path), detectEncodingFromByteOrderMarks: false);
        try
        {
            return Read(text, path, options);
        }
        catch (DataFormatException)
        {
            // A row of damaged data is no row: where there is damage, it is the reason.
            file.VerifyRest();
            throw;
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text; not disposed.</param>
    /// <param name="name">The name for messages.</param>
    /// <param name="options">How to understand it.</param>
    /// <exception cref="DataFormatException">A row is not as it should be, with name, line and column; or there is none.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static DataSet Read(TextReader text, string name, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        Check(options);

        var lines = new LineReader(text, name);
        if (!lines.TryReadContent(out ReadOnlySpan<char> line))
            throw new DataFormatException($"{name}: is empty; it must have a row a sample");

        char separator = options.Separator ?? CsvFields.DetectSeparator(line);
        int columns = CsvFields.Count(line, separator);
        CheckColumns(lines, columns, options.InputShape);

        bool hasHeader = options.HasHeader ?? CsvFields.LooksLikeHeader(line, separator);
        int labelColumn = FindLabel(lines, line, separator, columns, hasHeader, options.LabelColumn);
        if (hasHeader && !lines.TryReadContent(out line))
            throw new DataFormatException($"{name}: has a header but no row; it must have a row a sample");

        var inputs = new CsvInputs(options, columns - 1, name);
        var labels = new CsvLabels(options);
        do
        {
            if (inputs.Count + (long)columns > MaxElements)
                throw lines.Error(1, $"the file has more than {MaxElements} numbers; split it, or store it as IDX");

            AddRow(lines, new CsvFields(line, separator), columns, labelColumn, inputs, labels);
        }
        while (lines.TryReadContent(out line));

        ImmutableArray<float> values = inputs.Finish();
        (ImmutableArray<int> classes, int classCount) = labels.Finish();
        return DataSet.FromFloats(options.InputShape ?? Shape.Of(columns - 1), values, classes, classCount);
    }

    /// <summary>What the byte-order mark says, else UTF-8; the reader's own detection would forgive wrong bytes.</summary>
    private static Encoding EncodingOf(string path)
    {
        using var file = SourceFile.Open(path);
        Span<byte> mark = stackalloc byte[2];
        return mark[..file.Read(mark)] switch
        {
            [0xFF, 0xFE] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => LineReader.Utf8,
        };
    }

    private static void AddRow(LineReader lines, CsvFields fields, int columns, int labelColumn, CsvInputs inputs, CsvLabels labels)
    {
        while (fields.MoveNext())
        {
            if (fields.Passed > columns)
                throw lines.Error(fields.Column, $"the row has more columns than the first line, which has {columns}");
            if (fields.Passed == labelColumn + 1)
                labels.Add(lines, fields);
            else
                inputs.Add(lines, fields);
        }

        if (fields.Passed < columns)
            throw lines.Error(fields.Column, $"the row ends after {fields.Passed} columns; the first line has {columns}");
        if (!inputs.EndRow())
            labels.RemoveLast();
    }

    private static int FindLabel(
        LineReader lines, ReadOnlySpan<char> firstLine, char separator, int columns, bool hasHeader, string? wanted)
    {
        var fields = new CsvFields(firstLine, separator);
        if (wanted is null)
        {
            if (hasHeader)
                CheckLastIsLabel(lines, fields, columns);
            return columns - 1;
        }

        while (hasHeader && fields.MoveNext())
        {
            if (fields.Current.SequenceEqual(wanted))
                return fields.Passed - 1;
        }

        bool isPosition = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int position);
        return isPosition && position < columns
            ? position
            : throw lines.Error(1, $"there is no column '{wanted}' for the label; give a name of the header or a position from 0 to {columns - 1}");
    }

    /// <summary>Refuses a header that calls another column than the last one the label.</summary>
    private static void CheckLastIsLabel(LineReader lines, CsvFields fields, int columns)
    {
        (int Column, string Quoted)? other = null;
        while (fields.MoveNext())
        {
            bool isLabel = LabelNames.Contains(fields.Current.ToString(), StringComparer.OrdinalIgnoreCase);
            if (isLabel && fields.Passed == columns)
                return;
            if (isLabel)
                other ??= (fields.Column, fields.Quoted);
        }

        if (other is { } found)
            throw lines.Error(found.Column, $"the column {found.Quoted} is not the last one, which is taken for the label; say which column has the label");
    }

    private static void CheckColumns(LineReader lines, int columns, Shape? inputShape)
    {
        if (columns < 2)
            throw lines.Error(1, $"there is one column; a row needs at least one number and a label, separated by tabs, ';' or ',' or by what is said to separate them");
        if (inputShape is { } shape && shape.Length != columns - 1)
            throw lines.Error(1, $"there are {columns - 1} columns beside the label; an input of {shape} needs {shape.Length}");
    }

    private static void Check(CsvOptions options)
    {
        if (!float.IsFinite(options.Scale) || options.Scale <= 0)
            throw new ArgumentException("the scale must be positive and finite", nameof(options));
        if (options.ClassCount is < 1)
            throw new ArgumentException("the class count must be at least 1", nameof(options));
        if (options is { ClassCount: { } count, Classes: { Count: > 0 } names } && names.Count != count)
            throw new ArgumentException($"there are {names.Count} names for {count} classes", nameof(options));
        if (options.Separator is { } separator && (char.IsLetterOrDigit(separator) || separator is '"' or '.' or '-' or '+' or '\r' or '\n'))
            throw new ArgumentException($"'{separator}' cannot separate fields", nameof(options));
    }
}
