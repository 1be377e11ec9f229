using NativeNet.Description;

namespace NativeNet.Data;

/// <summary>How <see cref="CsvReader"/> understands a file; the default fits most.</summary>
public sealed record CsvOptions
{
    /// <summary>
    /// The columns with the labels, one unless a sample has several positions to be classified, named as <see
    /// cref="TargetColumns"/> are; null for the last column, unless a header calls another one "label", "labels", "class" or
    /// "target", which is refused.
    /// </summary>
    public IReadOnlyList<string>? LabelColumns { get; init; }

    /// <summary>
    /// The columns with the values to learn, each a name of the header, or a position from 0, or from −1 backwards from the
    /// last, or the first and the last of several side by side with ".." between; empty where the inputs are to be learned
    /// themselves, and <see cref="LabelColumns"/> then are left out. Null where the file has labels.
    /// </summary>
    public IReadOnlyList<string>? TargetColumns { get; init; }

    /// <summary>Whether the first line names the columns; null to take it for names when none of its fields is a number.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>What stands between fields; null for the tab, semicolon or comma that the first line has.</summary>
    public char? Separator { get; init; }

    /// <summary>What the classes are called, in the order of their numbers; null where labels are numbers.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>What becomes of rows with missing values.</summary>
    public MissingValues Missing { get; init; }

    /// <summary>The factor on every input, not on values to learn, positive and finite, for example 1/255 for bytes.</summary>
    public float Scale { get; init; } = 1f;

    /// <summary>The number of classes, which every label must be below; null for as many as have names, else the largest label plus one.</summary>
    public int? ClassCount { get; init; }

    /// <summary>The shape of one input, of as many elements as there are columns beside label and targets; null for a vector.</summary>
    public Shape? InputShape { get; init; }
}
