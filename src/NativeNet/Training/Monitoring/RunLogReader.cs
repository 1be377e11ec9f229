using System.Globalization;
using System.Text;
using NativeNet.Data;
using NativeNet.Storage;

namespace NativeNet.Training.Monitoring;

/// <summary>Reads run logs; see <see cref="RunLog"/> for the format.</summary>
internal ref struct RunLogReader
{
    /// <summary>Ten thousand epochs of a hundred layers; more is no run log.</summary>
    private const long MaxFileLength = 1 << 28;

    private readonly string _path;
    private readonly LineReader _lines;
    private CsvFields _fields;
    private MetricKind _metric;

    private RunLogReader(string path)
    {
        _path = path;
        _lines = new LineReader(new StringReader(ReadWholeLines(path)), path);
    }

    /// <summary>Reads a log of any layers.</summary>
    public static IReadOnlyList<EpochRecord> Read(string path)
    {
        var reader = new RunLogReader(path);
        return reader.ReadRows(reader.ReadHeader());
    }

    /// <summary>Reads a log of these layers and this metric, and no others.</summary>
    public static IReadOnlyList<EpochRecord> Read(string path, ReadOnlySpan<int> layers, MetricKind metric)
    {
        var reader = new RunLogReader(path);
        int[] found = reader.ReadHeader();
        if (reader._metric != metric)
            throw reader._lines.Error(1, $"the log has the columns {string.Join(", ", RunLogColumns.Shared(reader._metric))}; it belongs to another network");
        return layers.SequenceEqual(found)
            ? reader.ReadRows(found)
            : throw reader._lines.Error(1, $"the log is of layers {string.Join(", ", found)}, not of {string.Join(", ", layers.ToArray())}; it belongs to another network");
    }

    /// <summary>The file up to its last line end: a row behind it is still being written.</summary>
    private static string ReadWholeLines(string path)
    {
        using FileStream file = InputFile.Open(path, static problem => new DataFormatException(problem));
        if (file.Length > MaxFileLength)
            throw new DataFormatException($"{path}: has more than {MaxFileLength} bytes; a run log is a file of some kilobytes");

        byte[] bytes = new byte[file.Length];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(bytes, 0, bytes.AsSpan(0, length).LastIndexOf((byte)'\n') + 1);
    }

    /// <summary>Checks the first line.</summary>
    /// <returns>The positions of the layers.</returns>
    private int[] ReadHeader()
    {
        if (!_lines.TryReadContent(out ReadOnlySpan<char> line))
            throw new DataFormatException($"{_path}: has no header line; a run log begins with {RunLogColumns.Header([], MetricKind.Accuracy)}");

        string[] shared = RunLogColumns.Shared(MetricKind.MeanAbsoluteError);
        _metric = line.StartsWith(string.Join(',', shared), StringComparison.Ordinal) ? MetricKind.MeanAbsoluteError : MetricKind.Accuracy;
        _fields = new CsvFields(line, ',');
        foreach (string column in RunLogColumns.Shared(_metric))
            ExpectColumn(column);

        List<int> layers = [];
        while (_fields.MoveNext())
        {
            int layer = ReadLayerName();
            foreach (string column in RunLogColumns.PerLayer.AsSpan(1))
                ExpectColumn(string.Create(CultureInfo.InvariantCulture, $"layers.{layer}.{column}"));
            layers.Add(layer);
        }

        return [.. layers];
    }

    /// <summary>The layer of a column <c>layers.I.weights</c>.</summary>
    private readonly int ReadLayerName()
    {
        string prefix = "layers.", suffix = "." + RunLogColumns.PerLayer[0];
        ReadOnlySpan<char> name = _fields.Current;
        return name.Length > prefix.Length + suffix.Length && name.StartsWith(prefix, StringComparison.Ordinal)
            && name.EndsWith(suffix, StringComparison.Ordinal)
            && int.TryParse(name[prefix.Length..^suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out int layer)
                ? layer
                : throw _lines.Error(_fields.Column, $"column {_fields.Quoted} is not layers.I{suffix} with a layer's position I; the file is no run log or of another version");
    }

    private void ExpectColumn(string name)
    {
        if (!_fields.MoveNext())
            throw _lines.Error(1, $"column '{name}' is missing; the file is no run log or of another version");
        if (!_fields.Current.SequenceEqual(name))
            throw _lines.Error(_fields.Column, $"column {_fields.Quoted} should be '{name}'; the file is no run log or of another version");
    }

    private List<EpochRecord> ReadRows(int[] layers)
    {
        List<EpochRecord> rows = [];
        while (_lines.TryReadContent(out ReadOnlySpan<char> line))
        {
            _fields = new CsvFields(line, ',');
            rows.Add(ReadRow(layers));
        }

        return rows;
    }

    private EpochRecord ReadRow(int[] layers)
    {
        var row = new EpochRecord(layers.Length, _metric)
        {
            Epoch = (int)ReadCount(int.MaxValue),
            Step = ReadCount(long.MaxValue),
            Rate = (float)ReadNumber(),
            Loss = ReadNumber(),
        };

        double measure = ReadNumber();
        row.ValidationLoss = ReadNumber();
        double validationMeasure = ReadNumber();
        if (_metric == MetricKind.Accuracy)
            (row.Accuracy, row.ValidationAccuracy) = (measure, validationMeasure);
        else
            (row.Error, row.ValidationError) = (measure, validationMeasure);

        for (int i = 0; i < layers.Length; i++)
            row.Layers[i] = new LayerRecord(layers[i], ReadNumber(), ReadNumber(), ReadNumber(), ReadNumber());

        return _fields.MoveNext()
            ? throw _lines.Error(_fields.Column, $"the row has more fields than the header's {_fields.Passed - 1}; remove it")
            : row;
    }

    private long ReadCount(long most)
    {
        NextField();
        return long.TryParse(_fields.Current, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count <= most
            ? count
            : throw _lines.Error(_fields.Column, $"{_fields.Quoted} is not a whole number from 0 to {most}; remove the row");
    }

    private double ReadNumber()
    {
        NextField();
        if (_fields.Current.IsEmpty)
            return double.NaN;

        return double.TryParse(_fields.Current, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw _lines.Error(_fields.Column, $"{_fields.Quoted} is not a number; remove the row");
    }

    private void NextField()
    {
        if (!_fields.MoveNext())
            throw _lines.Error(1, $"the row has only {_fields.Passed} fields, fewer than the header; remove it");
    }
}
