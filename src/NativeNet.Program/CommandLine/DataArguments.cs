using NativeNet.Data;
using NativeNet.Program.Networks;

namespace NativeNet.Program.CommandLine;

/// <summary>Where samples come from, and how a CSV file is understood.</summary>
/// <param name="Path">A folder of IDX files or a CSV file; null for the built-in data.</param>
/// <param name="Label">The column with the labels, or with commas between those with the labels of a sample's positions, as <see cref="CsvOptions.LabelColumns"/> has them; null for the last ones.</param>
/// <param name="Target">The columns with the values to learn, likewise, or <see cref="Inputs"/>; null for the last ones.</param>
/// <param name="Delimiter">What stands between fields; null for what the first line has.</param>
/// <param name="Header">What the first line is.</param>
/// <param name="Missing">What becomes of rows with missing values.</param>
/// <param name="Test">The samples to be judged by: a CSV file, or the share of each class to hold out; null for every fifth row.</param>
/// <param name="Seed">Decides which samples a share holds out.</param>
/// <param name="Rows">What a row is.</param>
internal sealed record DataArguments(
    string? Path, string? Label = null, string? Target = null, char? Delimiter = null, HeaderLine Header = HeaderLine.AsItLooks,
    MissingValues Missing = MissingValues.Refused, string? Test = null, ulong Seed = 0, RowKind Rows = RowKind.Samples)
{
    /// <summary>The word for a target that is the input itself.</summary>
    public const string Inputs = "input";

    /// <summary>Whether the inputs themselves are to be learned.</summary>
    public bool IsAutoencoding => Target == Inputs;

    /// <summary>Whether anything is said of the rows of a CSV file.</summary>
    public bool DescribesRows => Label is not null || (Target is not null && !IsAutoencoding) || Delimiter is not null
        || Header != HeaderLine.AsItLooks || Rows != RowKind.Samples || Missing != MissingValues.Refused;

    /// <summary>Whether the first line of a CSV file names the columns; null to look at it.</summary>
    /// <param name="header">What the user says of it.</param>
    public static bool? HasHeader(HeaderLine header) => header == HeaderLine.AsItLooks ? null : header == HeaderLine.Names;

    /// <summary>Refuses what is not said of a network.</summary>
    /// <param name="network">The network that takes the samples.</param>
    /// <exception cref="UsageException">It has labels and not targets, or the other way round; or rows would be missing between frames.</exception>
    public void Check(NamedNetwork network)
    {
        if (network.HasClasses && Target is not null)
            throw new UsageException($"{network.Name} tells classes apart; say which column has them with --label, not --target");
        if (!network.HasClasses && Label is not null && !IsAutoencoding)
            throw new UsageException($"{network.Name} learns values; say which columns have them with --target, not --label");
        if (Rows == RowKind.Frames && Missing == MissingValues.Dropped)
            throw new UsageException("--missing drop would join frames that are no neighbours; fill in the mean of the column, --missing mean");
    }

    /// <summary>How a CSV file is understood.</summary>
    /// <param name="network">The network that takes the samples.</param>
    /// <param name="targets">The labels or values to learn of a row.</param>
    /// <param name="scale">The factor on every input.</param>
    public CsvOptions RowsFor(NamedNetwork network, int targets, float scale) => new()
    {
        LabelColumns = network.HasClasses && targets > 1 ? Columns(Label, targets) : Label is null ? null : [Label],
        TargetColumns = network.HasClasses ? null : IsAutoencoding ? [] : Columns(Target, targets),
        Separator = Delimiter,
        HasHeader = HasHeader(Header),
        Missing = Missing,
        Scale = scale,
        Classes = network.Network.Classes.Count > 0 ? network.Network.Classes : null,
        ClassCount = network.HasClasses ? network.Network.ClassCount : null,
    };

    /// <summary>The columns named, else so many last ones.</summary>
    private static string[] Columns(string? names, int count)
        => names?.Split(',') ?? [count == 1 ? "-1" : FormattableString.Invariant($"-{count}..-1")];
}
