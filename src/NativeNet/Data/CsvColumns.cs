using System.Globalization;

namespace NativeNet.Data;

/// <summary>What each column of a CSV file holds.</summary>
internal sealed class CsvColumns
{
    /// <summary>What a column holds that is no target.</summary>
    private const int Input = -1, LeftOut = -2;

    /// <summary>What stands between the first and the last of several columns.</summary>
    private const string To = "..";

    /// <summary>What headers call the column with the classes or the values to learn.</summary>
    private static readonly string[] LabelNames = ["label", "labels", "class", "target"];

    /// <summary>What the targets are called in messages.</summary>
    private readonly string _target;

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
        bool hasLabels = options.TargetColumns is null;
        _target = hasLabels ? "label" : "target";
        IReadOnlyList<string> targets = options.TargetColumns ?? options.LabelColumns ?? ["-1"];

        _roles = new int[CsvFields.Count(firstLine, separator)];
        Array.Fill(_roles, Input);
        if (_roles.Length < 2 && targets.Count > 0)
            throw lines.Error(1, $"there is one column; a row needs at least one number and a {_target}, separated by tabs, ';' or ',' or by what is said to separate them");

        var names = new CsvFields(firstLine, separator);
        if (!hasLabels)
        {
            foreach (string label in options.LabelColumns ?? [])
            {
                (int first, int last) = FindAll(lines, names, hasHeader, label, "label");
                Array.Fill(_roles, LeftOut, first, last - first + 1);
            }
        }

        foreach (string target in targets)
        {
            (int first, int last) = FindAll(lines, names, hasHeader, target, _target);
            for (int column = first; column <= last; column++)
            {
                if (_roles[column] != Input)
                    throw lines.Error(1, $"the column '{(first == last ? target : column)}' is named twice; name each once");
                _roles[column] = TargetCount++;
            }
        }

        InputCount = _roles.Count(static role => role == Input);
        if (InputCount == 0)
            throw lines.Error(1, $"every column is a {_target} or left out; none is left for the inputs; where the inputs themselves are to be learned, say --target input");

        // Who took the last columns may not have seen that the header calls others so.
        if (hasHeader && TargetCount > 0 && targets.All(IsFromEnd))
            CheckLastAreTargets(lines, names);
    }

    /// <summary>The columns.</summary>
    public int Count => _roles.Length;

    /// <summary>Those of inputs.</summary>
    public int InputCount { get; }

    /// <summary>Those of labels or of values to learn.</summary>
    public int TargetCount { get; }

    /// <summary>What the columns beside the inputs are called: one label, several targets.</summary>
    public string Targets => TargetCount == 1 ? _target : _target + "s";

    /// <summary>Whether a column holds inputs.</summary>
    /// <param name="column">The column, from 0.</param>
    public bool IsInput(int column) => _roles[column] == Input;

    /// <summary>The place of a column among a row's targets; negative where it holds none.</summary>
    /// <param name="column">The column, from 0.</param>
    public int TargetOf(int column) => _roles[column];

    private static bool IsFromEnd(string columns) => columns.Split(To).All(static column => TryGetPosition(column, out int position) && position < 0);

    private static bool TryGetPosition(string column, out int position)
        => int.TryParse(column, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out position);

    /// <summary>The columns from one to another, or a single one, whose name may have dots in it.</summary>
    private (int First, int Last) FindAll(LineReader lines, CsvFields names, bool hasHeader, string wanted, string what)
    {
        int dots = wanted.IndexOf(To, StringComparison.Ordinal);
        if (dots < 0 || (hasHeader && FindName(names, wanted) >= 0))
        {
            int column = Find(lines, names, hasHeader, wanted, what);
            return (column, column);
        }

        int first = Find(lines, names, hasHeader, wanted[..dots], what), last = Find(lines, names, hasHeader, wanted[(dots + To.Length)..], what);
        return first <= last ? (first, last) : throw lines.Error(1, $"the columns '{wanted}' end before they begin");
    }

    private int Find(LineReader lines, CsvFields names, bool hasHeader, string wanted, string what)
    {
        if (hasHeader && FindName(names, wanted) is >= 0 and var named)
            return named;

        bool isPosition = TryGetPosition(wanted, out int position);
        if (isPosition && position < 0)
            position += _roles.Length;
        return isPosition && position >= 0 && position < _roles.Length
            ? position
            : throw lines.Error(1, $"there is no column '{wanted}' for the {what}; give a name of the header or a position from 0 to {_roles.Length - 1}");
    }

    private static int FindName(CsvFields names, string wanted)
    {
        while (names.MoveNext())
        {
            if (names.Current.SequenceEqual(wanted))
                return names.Passed - 1;
        }

        return -1;
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

        throw TargetCount == 1
            ? lines.Error(found.Column, $"the column {found.Quoted} is not the last one, which is taken for the {_target}; say which column has the {_target}")
            : lines.Error(found.Column, $"the column {found.Quoted} is not among the last {TargetCount}, which are taken for the {Targets}; say which columns have the {Targets}");
    }
}
