using System.Collections.Immutable;
using System.Globalization;

namespace NativeNet.Storage;

/// <summary>Reads the texts of a checkpoint as what they stand for.</summary>
/// <param name="path">The file's name for messages.</param>
/// <param name="texts">The file's metadata.</param>
internal sealed class CheckpointFields(string path, IReadOnlyDictionary<string, string> texts)
{
    /// <summary>Demands that a text is <paramref name="expected"/>.</summary>
    /// <param name="name">The text's name.</param>
    /// <param name="expected">What it must be.</param>
    /// <param name="what">What the text says of the checkpoint, for example <c>the data</c>.</param>
    /// <exception cref="StorageFormatException">It is missing or another.</exception>
    public void Expect(string name, string expected, string what)
    {
        string found = Text(name);
        if (found != expected)
            throw new StorageFormatException($"{path}: {what} is {found}, here it is {expected}; continue with what the checkpoint was made of");
    }

    /// <summary>A number of at least 0.</summary>
    /// <typeparam name="T">An integer type.</typeparam>
    /// <param name="name">The text's name.</param>
    /// <exception cref="StorageFormatException">It is missing or no such number.</exception>
    public T Count<T>(string name)
        where T : struct, ISpanParsable<T>
        => T.TryParse(Text(name), CultureInfo.InvariantCulture, out T value) && Text(name).All(char.IsAsciiDigit)
            ? value
            : throw Wrong(name, "a whole number");

    /// <summary>A floating-point number, as the shortest text that reads back as it.</summary>
    /// <param name="name">The text's name.</param>
    /// <exception cref="StorageFormatException">It is missing or no number.</exception>
    public double Number(string name) => ParseNumber(name, Text(name));

    /// <summary>Floating-point numbers, separated by blanks.</summary>
    /// <param name="name">The text's name.</param>
    /// <exception cref="StorageFormatException">It is missing or holds something else.</exception>
    public ImmutableArray<double> Numbers(string name)
        => [.. Text(name).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => ParseNumber(name, text))];

    /// <summary>Writes a number so that <see cref="Number"/> reads it back.</summary>
    /// <param name="value">Any number.</param>
    public static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private double ParseNumber(string name, string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && !text.Contains('\0', StringComparison.Ordinal)
            ? value
            : throw Wrong(name, "a number");

    private string Text(string name)
        => texts.TryGetValue(name, out string? text)
            ? text
            : throw new StorageFormatException($"{path}: has no entry '{name}'; it is not a checkpoint");

    private StorageFormatException Wrong(string name, string what)
        => new($"{path}: entry '{name}' is not {what}; it was not written by this library");
}
