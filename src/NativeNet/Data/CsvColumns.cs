using System.Globalization;

namespace NativeNet.Data;

/// <summary>What each column of a CSV file holds.</summary>
internal sealed class CsvColumns
{
    /// <summary>What a column holds that is no target.</summary>
    private const int Input = -1, Label = -2, LeftOut = -3;

    /// <summary>What headers call the column with the classes or the values to learn.</summary>
    private static readonly string[] LabelNames = ["label", "labels", "class", "target"];

    /// <summary>(columns): the place among a row's targets, or one of the above.</summary>
    private readonly int[] _roles;

    /// <summary>Finds the columns that options name.</summary>
    /// <param name="lines">The source of the line, for messages.</param>
    /// <param name="firstLine">The first line.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="hasHeader">Whether the first line names the columns.</param>
    /// <param name="options">How to understand the file.</param>
    /// <exception cref="DataFormatException">There is no such column, one is named twice, or none is left for inputs.</exception>
    public CsvColumns(LineReader lines, ReadOnlySpan<char> firstLine, char separator, bool hasHeader, CsvOptions options)
    {
        _roles = new int[CsvFields.Count(firstLine, separator)];
        Array.Fill(_roles, Input);
        var names = new CsvFields(firstLine, separator);
        if (options.TargetColumns is null)
        {
            CheckCount(lines, "a label");
            _roles[options.LabelColumn is { } label ? Find(lines, names, hasHeader, label, "label") : _roles.Length - 1] = Label;
        }
        else
        {
            CheckCount(lines, options.TargetColumns.Count > 0 ? "a target" : null);
            if (options.LabelColumn is { } label)
                _roles[Find(lines, names, hasHeader, label, "label")] = LeftOut;
            foreach ((int place, string target) in options.TargetColumns.Index())
            {
                int column = Find(lines, names, hasHeader, target, "target");
                if (_roles[column] != Input)
                    throw lines.Error(1, $"the column '{target}' is named twice; name each once");
                _roles[column] = place;
            }

            TargetCount = options.TargetColumns.Count;
        }

        InputCount = _roles.Count(static role => role == Input);
        if (InputCount == 0)
            throw lines.Error(1, $"every column is a target or left out; none is left for the inputs; where the inputs themselves are to be learned, say --target input");

        // Who took the last columns may not have seen that the header calls others so.
        if (hasHeader && options.LabelColumn is null && (options.TargetColumns is null || (TargetCount > 0 && options.TargetColumns.All(IsFromEnd))))
            CheckLastAreTargets(lines, names);
    }

    /// <summary>The columns.</summary>
    public int Count => _roles.Length;

    /// <summary>Those of inputs.</summary>
    public int InputCount { get; }

    /// <summary>Those of values to learn.</summary>
    public int TargetCount { get; }

    /// <summary>Whether a column holds inputs.</summary>
    /// <param name="column">The column, from 0.</param>
    public bool IsInput(int column) => _roles[column] == Input;

    /// <summary>Whether a column holds labels.</summary>
    /// <param name="column">The column, from 0.</param>
    public bool IsLabel(int column) => _roles[column] == Label;

    /// <summary>The place of a column among a row's targets; negative where it holds none.</summary>
    /// <param name="column">The column, from 0.</param>
    public int TargetOf(int column) => _roles[column];

    private static bool IsFromEnd(string column)
        => int.TryParse(column, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int position) && position < 0;

    private int Find(LineReader lines, CsvFields names, bool hasHeader, string wanted, string what)
    {
        while (hasHeader && names.MoveNext())
        {
            if (names.Current.SequenceEqual(wanted))
                return names.Passed - 1;
        }

        bool isPosition = int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int position);
        if (isPosition && position < 0)
            position += _roles.Length;
        return isPosition && position >= 0 && position < _roles.Length
            ? position
            : throw lines.Error(1, $"there is no column '{wanted}' for the {what}; give a name of the header or a position from 0 to {_roles.Length - 1}");
    }

    /// <summary>Refuses a header that calls another column than the last ones label or target.</summary>
    private void CheckLastAreTargets(LineReader lines, CsvFields names)
    {
        (int Column, string Quoted)? other = null;
        while (names.MoveNext())
        {
            bool isLabel = LabelNames.Contains(names.Current.ToString(), StringComparer.OrdinalIgnoreCase);
            if (isLabel && !IsInput(names.Passed - 1))
                return;
            if (isLabel)
                other ??= (names.Column, names.Quoted);
        }

        if (other is not { } found)
            return;

        throw TargetCount == 0
            ? lines.Error(found.Column, $"the column {found.Quoted} is not the last one, which is taken for the label; say which column has the label")
            : lines.Error(found.Column, $"the column {found.Quoted} is not among the last {TargetCount}, which are taken for the targets; say which columns have the targets");
    }

    private void CheckCount(LineReader lines, string? target)
    {
        if (_roles.Length < 2 && target is not null)
            throw lines.Error(1, $"there is one column; a row needs at least one number and {target}, separated by tabs, ';' or ',' or by what is said to separate them");
    }
}
