using ConsoleAppFramework;
using NativeNet.Data;

namespace NativeNet.Program.CommandLine;

/// <summary>What stands between the fields of a CSV file: a character, or the name of one that is hard to type.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class DelimiterAttribute : Attribute, IArgumentParser<char?>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out char? result)
    {
        result = s switch
        {
            "tab" => '\t',
            "space" => ' ',
            [',' or ';' or '|' or ':' or '\t' or ' ' or '/'] => s[0],
            _ => throw new UsageException($"--delimiter must be one of , ; | : / tab or space, not '{s}'"),
        };
        return true;
    }
}

/// <summary>What the first line of a CSV file is.</summary>
internal enum HeaderLine
{
    /// <summary>Names, if none of its fields is a number.</summary>
    AsItLooks,

    /// <summary>The names of the columns.</summary>
    Names,

    /// <summary>The first row.</summary>
    Row,
}

/// <summary>Whether the first line names the columns: yes or no.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class HeaderAttribute : Attribute, IArgumentParser<HeaderLine>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out HeaderLine result)
    {
        result = s switch
        {
            "yes" => HeaderLine.Names,
            "no" => HeaderLine.Row,
            _ => throw new UsageException($"--header must be yes or no, not '{s}'"),
        };
        return true;
    }
}

/// <summary>What becomes of rows with missing values: drop or mean.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class MissingAttribute : Attribute, IArgumentParser<MissingValues>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out MissingValues result)
    {
        result = Word.Parse("--missing", s, ("drop", MissingValues.Dropped), ("mean", MissingValues.Mean));
        return true;
    }
}

/// <summary>What a row of a CSV file is.</summary>
internal enum RowKind
{
    /// <summary>A sample.</summary>
    Samples,

    /// <summary>A frame of the one signal that the file holds.</summary>
    Frames,
}

/// <summary>What a row is: samples or frames.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class RowsAttribute : Attribute, IArgumentParser<RowKind>
{
    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, out RowKind result)
    {
        result = Word.Parse("--rows", s, ("samples", RowKind.Samples), ("frames", RowKind.Frames));
        return true;
    }
}
