using System.Globalization;
using NativeNet.Data;
using NativeNet.Program.CommandLine;

namespace NativeNet.Program.Training;

/// <summary>Looks at labels and targets before they are trained on: nothing in a run's numbers tells of those that are wrong.</summary>
internal static class LabelCheck
{
    /// <summary>The most classes that a message names.</summary>
    private const int MostNamed = 5;

    /// <summary>Refuses training data of one class, or of equal targets.</summary>
    /// <param name="train">The samples to train on.</param>
    /// <param name="path">Where they are from; null for the built-in data.</param>
    /// <exception cref="DataFormatException">Every label or target is the same.</exception>
    public static void Require(DataSet train, string? path)
    {
        string source = path ?? "the data";
        if (train.ClassCount == 0 && train.Count > 1 && train.TargetVariation == 0)
            throw new DataFormatException($"{source}: every one of the {train.Count} samples to train on has the same targets; there is nothing to learn");
        if (train.FindClasses() is not [int only])
            return;

        throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
            $"{source}: every one of the {train.Count} samples to train on has the label {only}; a classifier learns from two classes or more (of a CSV file the last column is the label, unless --label names another)"));
    }

    /// <summary>Warns of classes that are asked for and never shown.</summary>
    /// <param name="train">The samples to train on.</param>
    /// <param name="judged">Others.</param>
    /// <param name="name">What the others are called.</param>
    public static void WarnOfMissing(DataSet train, DataSet judged, string name)
    {
        int[] missing = [.. judged.FindClasses().Except(train.FindClasses())];
        if (missing.Length == 0)
            return;

        string more = missing.Length > MostNamed ? ", …" : "";
        Terminal.WriteError($"warning: {name} samples are of classes that no sample to train on is of: {string.Join(", ", missing.Take(MostNamed))}{more}; is the data in an order?");
    }
}
