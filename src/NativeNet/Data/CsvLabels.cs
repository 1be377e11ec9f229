using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Data;

/// <summary>Reads the labels of a CSV file: names of classes, or their numbers.</summary>
/// <param name="options">How to understand the file.</param>
/// <param name="length">The labels of a row.</param>
/// <param name="capacity">How many labels are expected in all.</param>
internal sealed class CsvLabels(CsvOptions options, int length, int capacity)
{
    /// <summary>The names that an error lists: more are no classes.</summary>
    private const int MostListed = 100;

    private readonly int _limit = options.ClassCount ?? options.Classes?.Count ?? CsvReader.MaxClassCount;
    private readonly Dictionary<string, int> _numbers = new(
        options.Classes?.Select(static (name, number) => KeyValuePair.Create(name, number)) ?? [], StringComparer.Ordinal);

    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);
    private int[] _classes = new int[Math.Max(capacity, length)];
    private int _count;
    private DataFormatException? _refusal;

    /// <summary>Reads a label of the row at hand.</summary>
    /// <param name="lines">The source of the line, for messages.</param>
    /// <param name="field">The field.</param>
    /// <param name="place">The label's place among those of the row.</param>
    /// <exception cref="DataFormatException">It is not one of the names, or not a class number.</exception>
    public void Set(LineReader lines, CsvFields field, int place)
    {
        if (_count + length > _classes.Length)
            Array.Resize(ref _classes, Math.Max(1024, 2 * _classes.Length));
        if (_numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(field.Current, out int number) || TryGetNumber(field.Current, out number))
        {
            _classes[_count + place] = number;
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
    }

    /// <summary>Keeps the row at hand.</summary>
    public void EndRow() => _count += length;

    /// <summary>The classes of all rows, (rows, length), and how many classes there are.</summary>
    /// <exception cref="DataFormatException">Labels were texts, and nobody said which classes they are.</exception>
    public (ImmutableArray<int> Classes, int Count) Finish()
    {
        if (_refusal is { } refusal)
        {
            throw _unknown.Count > MostListed
                ? refusal
                : new DataFormatException($"{refusal.Message}; to use names, list them in the network's file: \"classes\": [{string.Join(", ", _unknown.Select(JsonText.Of))}]");
        }

        if (_count < _classes.Length)
            Array.Resize(ref _classes, _count);
        return (ImmutableCollectionsMarshal.AsImmutableArray(_classes), options.ClassCount ?? options.Classes?.Count ?? (_classes.Max() + 1));
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
