using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Data;

/// <summary>Reads the labels of a CSV file: names of classes, or their numbers.</summary>
/// <param name="options">How to understand the file.</param>
/// <param name="capacity">How many labels are expected.</param>
internal sealed class CsvLabels(CsvOptions options, int capacity)
{
    /// <summary>The names that an error lists: more are no classes.</summary>
    private const int MostListed = 100;

    private readonly int _limit = options.ClassCount ?? options.Classes?.Count ?? CsvReader.MaxClassCount;
    private readonly ImmutableArray<int>.Builder _classes = ImmutableArray.CreateBuilder<int>(Math.Max(capacity, 8));
    private readonly Dictionary<string, int> _numbers = new(
        options.Classes?.Select(static (name, number) => KeyValuePair.Create(name, number)) ?? [], StringComparer.Ordinal);

    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);
    private DataFormatException? _refusal;

    /// <summary>Reads a label and keeps it.</summary>
    /// <param name="lines">The source of the line, for messages.</param>
    /// <param name="field">The field.</param>
    /// <exception cref="DataFormatException">It is not one of the names, or not a class number.</exception>
    public void Add(LineReader lines, CsvFields field)
    {
        if (_numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(field.Current, out int number) || TryGetNumber(field.Current, out number))
        {
            _classes.Add(number);
            return;
        }

        if (options.Classes is { Count: > 0 } names)
            throw lines.Error(field.Column, $"label {field.Quoted} is not a class; {Spelling.Suggest(field.Current.ToString(), [.. names.Take(MostListed)])}");
        if (field.Current.IsEmpty || field.TryGetNumber(out _))
            throw lines.Error(field.Column, $"label {field.Quoted} is not a class number from 0 to {_limit - 1}");

        // A text: the file is read to its end, so that the error can say all names.
        _refusal ??= lines.Error(field.Column, $"label {field.Quoted} is not a class number from 0 to {_limit - 1}");
        if (_unknown.Count <= MostListed)
            _unknown.Add(field.Current.ToString());
        _classes.Add(0);
    }

    /// <summary>Takes back the label read last.</summary>
    public void RemoveLast() => _classes.Count = Math.Max(0, _classes.Count - 1);

    /// <summary>The classes of all rows, and how many there are.</summary>
    /// <exception cref="DataFormatException">Labels were texts, and nobody said which classes they are.</exception>
    public (ImmutableArray<int> Classes, int Count) Finish()
    {
        if (_refusal is { } refusal)
        {
            throw _unknown.Count > MostListed
                ? refusal
                : new DataFormatException($"{refusal.Message}; to use names, list them in the network's file: \"classes\": [{string.Join(", ", _unknown.Select(JsonText.Of))}]");
        }

        int count = options.ClassCount ?? options.Classes?.Count ?? (_classes.Max() + 1);
        return (_classes.DrainToImmutable(), count);
    }

    /// <summary>Whether a label is a class number: an integer, or what tools write for one, <c>5.0</c> or <c>5.000e+00</c>.</summary>
    private bool TryGetNumber(ReadOnlySpan<char> text, out int number)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            return number < _limit;

        bool isWhole = double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value)
            && value < _limit && double.IsInteger(value);
        number = isWhole ? (int)value : 0;
        return isWhole;
    }
}
