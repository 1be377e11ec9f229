using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace NativeNet.Data;

/// <summary>Collects the values to learn of the rows of a CSV file.</summary>
/// <param name="options">How to understand the file.</param>
/// <param name="length">The targets of a row.</param>
/// <param name="capacity">How many targets are expected in all.</param>
internal sealed class CsvTargets(CsvOptions options, int length, int capacity)
{
    private float[] _values = new float[Math.Max(capacity, length)];
    private int _count;

    /// <summary>Reads a target of the row at hand.</summary>
    /// <param name="lines">The source of the line, for messages.</param>
    /// <param name="field">The field.</param>
    /// <param name="place">The target's place among those of the row.</param>
    /// <returns>Whether the row can stay.</returns>
    /// <exception cref="DataFormatException">It is not a finite number, or missing where rows are not dropped.</exception>
    public bool Set(LineReader lines, CsvFields field, int place)
    {
        if (_count + length > _values.Length)
            Array.Resize(ref _values, Math.Max(1024, 2 * _values.Length));
        if (field.IsMissing && options.Missing == MissingValues.Dropped)
            return false;
        if (field.IsMissing)
            throw lines.Error(field.Column, $"{field.Quoted} is a missing value, and a target cannot be filled in; drop such rows: --missing drop");

        _values[_count + place] = field.ReadNumber(1f, lines);
        return true;
    }

    /// <summary>Keeps the row at hand.</summary>
    public void EndRow() => _count += length;

    /// <summary>All targets, (rows, length).</summary>
    public ImmutableArray<float> Finish()
    {
        if (_count < _values.Length)
            Array.Resize(ref _values, _count);
        return ImmutableCollectionsMarshal.AsImmutableArray(_values);
    }
}
