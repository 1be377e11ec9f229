using System.Collections.Immutable;
using System.Text;
using NativeNet.Description;

namespace NativeNet.Data;

/// <summary>Reads samples from CSV: one row a sample, numbers, and a column with the class, by number or name, or several of them, or columns with values to learn.</summary>
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

    /// <summary>Reads a file, plain or gzipped, told apart by its first bytes.</summary>
    /// <param name="path">The file, in UTF-8, or in UTF-16 with a byte-order mark.</param>
    /// <param name="options">How to understand it.</param>
    /// <exception cref="DataFormatException">A row is not as it should be, with file, line and column; or there is none.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DataSet Load(string path, CsvOptions? options = null)
    {
        (Encoding encoding, long rows, long bytes) = Survey(path);
        using var file = SourceFile.Open(path);
        using var text = new StreamReader(file.Content, encoding, detectEncodingFromByteOrderMarks: false);
        return Read(text, path, options, rows, bytes);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text; not disposed.</param>
    /// <param name="name">The name for messages.</param>
    /// <param name="options">How to understand it.</param>
    /// <exception cref="DataFormatException">A row is not as it should be, with name, line and column; or there is none.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static DataSet Read(TextReader text, string name, CsvOptions? options = null) => Read(text, name, options, rows: 0, bytes: 0);

    private static DataSet Read(TextReader text, string name, CsvOptions? options, long rows, long bytes)
    {
        options ??= new CsvOptions();
        Check(options);

        var lines = new LineReader(text, name);
        if (!lines.TryReadContent(out ReadOnlySpan<char> line))
            throw new DataFormatException($"{name}: is empty; it must have a row a sample");

        char separator = options.Separator ?? CsvFields.DetectSeparator(line);
        bool hasHeader = options.HasHeader ?? CsvFields.LooksLikeHeader(line, separator);
        var columns = new CsvColumns(lines, line, separator, hasHeader, options);
        CheckShape(lines, columns, options);
        rows -= hasHeader ? 1 : 0;
        if (hasHeader && !lines.TryReadContent(out line))
            throw new DataFormatException($"{name}: has a header but no row; it must have a row a sample");

        var inputs = new CsvInputs(options, columns.InputCount, Room(columns.InputCount), name);
        int targetRoom = Room(columns.TargetCount);
        CsvLabels? labels = options.TargetColumns is null ? new(options, columns.TargetCount, targetRoom) : null;
        CsvTargets? targets = labels is null ? new(options, columns.TargetCount, targetRoom) : null;
        do
        {
            if (inputs.Count + (long)columns.Count > MaxElements)
                throw lines.Error(1, $"the file has more than {MaxElements} numbers; split it, or store it as IDX");

            AddRow(lines, new CsvFields(line, separator), columns, inputs, labels, targets);
        }
        while (lines.TryReadContent(out line));

        Shape shape = options.InputShape ?? Shape.Of(columns.InputCount);
        SampleInputs values = inputs.Finish();
        if (targets is not null)
            return columns.TargetCount > 0 ? DataSet.Valued(shape, values, targets.Finish()) : DataSet.Autoencoding(shape, values);

        (ImmutableArray<int> classes, int classCount) = labels!.Finish();
        return DataSet.Classified(shape, values, classes, classCount);

        // A field and what ends it take two bytes, whatever the first line promises.
        int Room(int fields) => (int)Math.Clamp(Math.Min(rows * fields, (bytes + 1) / 2), 0, MaxElements);
    }

    /// <summary>
    /// What the byte-order mark says, else UTF-8, for the reader's own detection would forgive wrong bytes; and how many
    /// rows and bytes there are at most, so that their numbers need no more room than they take in the end. Damage of
    /// compressed data shows here, before the rows that it makes.
    /// </summary>
    private static (Encoding Encoding, long Rows, long Bytes) Survey(string path)
    {
        using var file = SourceFile.Open(path);
        byte[] buffer = new byte[1 << 16];
        int length = file.Read(buffer);
        Encoding encoding = buffer.AsSpan(0, length) switch
        {
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => LineReader.Utf8,
        };

        long feeds = 0, returns = 0, bytes = 0;
        bool isOpen = false;
        for (; length > 0; length = file.Read(buffer))
        {
            feeds += buffer.AsSpan(0, length).Count((byte)'\n');
            returns += buffer.AsSpan(0, length).Count((byte)'\r');
            bytes += length;
            isOpen = buffer[length - 1] is not ((byte)'\n' or (byte)'\r');
        }

        return (encoding, Math.Max(feeds, returns) + (isOpen ? 1 : 0), bytes);
    }

    private static void AddRow(LineReader lines, CsvFields fields, CsvColumns columns, CsvInputs inputs, CsvLabels? labels, CsvTargets? targets)
    {
        bool stays = true;
        while (fields.MoveNext())
        {
            int column = fields.Passed - 1;
            if (column >= columns.Count)
                throw lines.Error(fields.Column, $"the row has more columns than the first line, which has {columns.Count}");
            if (columns.IsInput(column))
                stays &= inputs.Add(lines, fields);
            if (columns.TargetOf(column) is not (>= 0 and var place))
                continue;

            labels?.Set(lines, fields, place);
            stays &= targets?.Set(lines, fields, place) ?? true;
        }

        if (fields.Passed < columns.Count)
            throw lines.Error(fields.Column, $"the row ends after {fields.Passed} columns; the first line has {columns.Count}");
        if (!stays)
        {
            inputs.RemoveRow();
            return;
        }

        labels?.EndRow();
        targets?.EndRow();
    }

    private static void CheckShape(LineReader lines, CsvColumns columns, CsvOptions options)
    {
        if (options.InputShape is { } shape && shape.Length != columns.InputCount)
            throw lines.Error(1, $"there are {columns.InputCount} columns beside the {columns.Targets}; an input of {shape} needs {shape.Length}");
    }

    private static void Check(CsvOptions options)
    {
        if (!float.IsFinite(options.Scale) || options.Scale <= 0)
            throw new ArgumentException("the scale must be positive and finite", nameof(options));
        if (options.ClassCount is < 1)
            throw new ArgumentException("the class count must be at least 1", nameof(options));
        if (options is { TargetColumns.Count: > 0, LabelColumns: not null })
            throw new ArgumentException("a file has a label or values to learn, not both", nameof(options));
        if (options is { ClassCount: { } count, Classes: { Count: > 0 } names } && names.Count != count)
            throw new ArgumentException($"there are {names.Count} names for {count} classes", nameof(options));
        if (options.Separator is { } separator && (char.IsLetterOrDigit(separator) || separator is '"' or '.' or '-' or '+' or '\r' or '\n'))
            throw new ArgumentException($"'{separator}' cannot separate fields", nameof(options));
    }
}
