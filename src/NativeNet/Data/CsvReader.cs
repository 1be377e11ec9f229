using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NativeNet.Description;

namespace NativeNet.Data;

/// <summary>Reads labelled samples from CSV: one row a sample, numbers, and a column with the class.</summary>
/// <remarks>
/// Fields are separated by tabs, semicolons or commas, whichever of these the first line has; numbers have a decimal
/// point in every culture; blank lines, a byte-order mark and either line end are fine.
/// </remarks>
public static class CsvReader
{
    /// <summary>The largest label plus one when the options do not limit it: beyond that it is no class number.</summary>
    public const int MaxClassCount = 1 << 16;

    /// <summary>The most input numbers of a file, 1 GB of floats: what a small compressed file may unfold to.</summary>
    private const int MaxElements = 1 << 28;

    /// <summary>Reads a file, plain or gzipped, told apart by its first bytes.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="options">How to understand it.</param>
    /// <exception cref="DataFormatException">A row is not as it should be, with file, line and column; or there is none.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DataSet Load(string path, CsvOptions? options = null)
    {
        using var file = SourceFile.Open(path);
        using var text = new StreamReader(file.Content, new UTF8Encoding(false, throwOnInvalidBytes: true));
        return Read(text, path, options);
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

        char separator = CsvFields.DetectSeparator(line);
        int columns = CsvFields.Count(line, separator);
        CheckColumns(lines, columns, options.InputShape);

        bool hasHeader = options.HasHeader ?? CsvFields.LooksLikeHeader(line, separator);
        int labelColumn = FindLabel(lines, line, separator, columns, hasHeader, options.LabelColumn);
        if (hasHeader && !lines.TryReadContent(out line))
            throw new DataFormatException($"{name}: has a header but no row; it must have a row a sample");

        var inputs = ImmutableArray.CreateBuilder<float>();
        var labels = ImmutableArray.CreateBuilder<int>();
        do
        {
            if (inputs.Count + (long)columns > MaxElements)
                throw lines.Error(1, $"the file has more than {MaxElements} numbers; split it, or store it as IDX");

            AddRow(lines, new CsvFields(line, separator), columns, labelColumn, options, inputs, labels);
        }
        while (lines.TryReadContent(out line));

        return DataSet.FromFloats(
            options.InputShape ?? Shape.Of(columns - 1), inputs.DrainToImmutable(), labels.ToImmutable(),
            options.ClassCount ?? (labels.Max() + 1));
    }

    private static void AddRow(
        LineReader lines, CsvFields fields, int columns, int labelColumn, CsvOptions options,
        ImmutableArray<float>.Builder inputs, ImmutableArray<int>.Builder labels)
    {
        while (fields.MoveNext())
        {
            if (fields.Passed > columns)
                throw lines.Error(fields.Column, $"the row has more columns than the first line, which has {columns}");
            if (fields.Passed == labelColumn + 1)
                labels.Add(ReadLabel(lines, fields, options.ClassCount ?? MaxClassCount));
            else
                inputs.Add(fields.ReadNumber(options.Scale, lines));
        }

        if (fields.Passed < columns)
            throw lines.Error(fields.Column, $"the row ends after {fields.Passed} columns; the first line has {columns}");
    }

    private static int ReadLabel(LineReader lines, CsvFields fields, int limit)
        => int.TryParse(fields.Current, NumberStyles.None, CultureInfo.InvariantCulture, out int label) && label < limit
            ? label
            : throw lines.Error(fields.Column, $"label {fields.Quoted} is not a class number from 0 to {limit - 1}");

    private static int FindLabel(
        LineReader lines, ReadOnlySpan<char> firstLine, char separator, int columns, bool hasHeader, string? wanted)
    {
        if (wanted is null)
            return columns - 1;

        var fields = new CsvFields(firstLine, separator);
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

    private static void CheckColumns(LineReader lines, int columns, Shape? inputShape)
    {
        if (columns < 2)
            throw lines.Error(1, $"there is one column; a row needs at least one number and a label, separated by tabs, ';' or ','");
        if (inputShape is { } shape && shape.Length != columns - 1)
            throw lines.Error(1, $"there are {columns - 1} columns beside the label; an input of {shape} needs {shape.Length}");
    }

    private static void Check(CsvOptions options)
    {
        if (!float.IsFinite(options.Scale) || options.Scale <= 0)
            throw new ArgumentException("the scale must be positive and finite", nameof(options));
        if (options.ClassCount is < 1)
            throw new ArgumentException("the class count must be at least 1", nameof(options));
    }
}
