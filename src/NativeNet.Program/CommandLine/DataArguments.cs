using NativeNet.Data;

namespace NativeNet.Program.CommandLine;

/// <summary>Where samples come from, and how a CSV file is understood.</summary>
/// <param name="Path">A folder of IDX files or a CSV file; null for the built-in data.</param>
/// <param name="Label">The column with the labels, by name or position; null for the last.</param>
/// <param name="Delimiter">What stands between fields; null for what the first line has.</param>
/// <param name="Header">What the first line is.</param>
/// <param name="Missing">What becomes of rows with missing values.</param>
/// <param name="Test">The samples to be judged by: a CSV file, or the share of each class to hold out; null for every fifth row.</param>
/// <param name="Seed">Decides which samples a share holds out.</param>
internal sealed record DataArguments(
    string? Path, string? Label = null, char? Delimiter = null, HeaderLine Header = HeaderLine.AsItLooks, MissingValues Missing = MissingValues.Refused,
    string? Test = null, ulong Seed = 0)
{
    /// <summary>Whether anything is said that only a CSV file needs.</summary>
    public bool DescribesRows => Label is not null || Delimiter is not null || Header != HeaderLine.AsItLooks || Missing != MissingValues.Refused || Test is not null;

    /// <summary>How a CSV file is understood.</summary>
    /// <param name="network">The network that takes the samples.</param>
    /// <param name="scale">The factor on every input.</param>
    public CsvOptions RowsFor(PredictingNetwork network, float scale) => new()
    {
        LabelColumn = Label,
        Separator = Delimiter,
        HasHeader = Header == HeaderLine.AsItLooks ? null : Header == HeaderLine.Names,
        Missing = Missing,
        Scale = scale,
        Classes = network.Classes.Count > 0 ? network.Classes : null,
        ClassCount = network.OutputLength,
    };
}
