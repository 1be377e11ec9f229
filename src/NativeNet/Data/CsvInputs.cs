namespace NativeNet.Data;

/// <summary>Collects the inputs of the rows of a CSV file, and sees to those that are missing.</summary>
/// <param name="options">How to understand the file.</param>
/// <param name="length">The inputs of a row.</param>
/// <param name="capacity">How many inputs are expected in all.</param>
/// <param name="name">The file's name for messages.</param>
internal sealed class CsvInputs(CsvOptions options, int length, int capacity, string name)
{
    private readonly CsvNumbers _values = new(options.Scale, capacity);
    private readonly double[] _sums = new double[options.Missing == MissingValues.Mean ? length : 0];
    private readonly int[] _counts = new int[options.Missing == MissingValues.Mean ? length : 0];
    private readonly List<int> _missing = [];

    /// <summary>The inputs so far.</summary>
    public int Count => _values.Count;

    /// <summary>Reads the next input of the row.</summary>
    /// <param name="lines">The source of the line, for messages.</param>
    /// <param name="field">The field.</param>
    /// <returns>Whether the row can stay.</returns>
    /// <exception cref="DataFormatException">It is not a finite number, or missing where that is refused.</exception>
    public bool Add(LineReader lines, CsvFields field)
    {
        if (!field.IsMissing)
        {
            float value = field.ReadNumber(options.Scale, lines);
            if (options.Missing == MissingValues.Mean)
            {
                _sums[_values.Count % length] += value * options.Scale;
                _counts[_values.Count % length]++;
            }

            _values.Add(value);
            return true;
        }

        if (options.Missing == MissingValues.Refused)
            throw lines.Error(field.Column, $"{field.Quoted} is a missing value; drop such rows, or fill in the column's mean: --missing drop or mean");

        if (options.Missing == MissingValues.Mean)
            _missing.Add(_values.Count);
        _values.Add(0f);
        return options.Missing == MissingValues.Mean;
    }

    /// <summary>Takes back the row read last.</summary>
    public void RemoveRow()
    {
        _values.RemoveLast(length);
        while (_missing.Count > 0 && _missing[^1] >= _values.Count)
            _missing.RemoveAt(_missing.Count - 1);
    }

    /// <summary>All inputs, (rows, length).</summary>
    /// <exception cref="DataFormatException">No row is left, or a column has no value to take a mean of.</exception>
    public SampleInputs Finish()
    {
        if (_values.Count == 0)
            throw new DataFormatException($"{name}: every row has a missing value, so none is left");

        foreach (int index in _missing)
        {
            int column = index % length;
            if (_counts[column] == 0)
                throw new DataFormatException(FormattableString.Invariant($"{name}: input {column} is missing in every row; leave its column out"));

            _values.Replace(index, (float)(_sums[column] / _counts[column]));
        }

        return _values.ToInputs(length);
    }
}
