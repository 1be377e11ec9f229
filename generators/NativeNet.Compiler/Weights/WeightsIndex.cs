using System.Text;
using NativeNet.Description;

namespace NativeNet.Compiler.Weights;

/// <summary>The file in which the build says what it made of the weights that a project's attributes name.</summary>
/// <remarks>
/// The first line is the build's own: by it an unchanged project is told. Every other line is an entry of four fields between
/// tabs, which no field has: the build refuses names that hold control characters.
/// </remarks>
internal static class WeightsIndex
{
    /// <summary>How the file's name ends.</summary>
    public const string Extension = ".nn.weights";

    /// <summary>Writes the file.</summary>
    /// <param name="key">What the entries were made of, in one line.</param>
    /// <param name="entries">The entries.</param>
    public static string Write(string key, IEnumerable<WeightsEntry> entries)
    {
        var text = new StringBuilder(key).Append('\n');
        foreach (WeightsEntry entry in entries)
            text.Append($"{entry.Pair.Network}\t{entry.Pair.Weights}\t{entry.State}\t{entry.Problem}\n");
        return text.ToString();
    }

    /// <summary>The first line of a file.</summary>
    /// <param name="text">The file.</param>
    public static string KeyOf(string text) => text.Split('\n')[0];

    /// <summary>Reads the entries; whatever is none is left out.</summary>
    /// <param name="text">The file.</param>
    public static EquatableArray<WeightsEntry> Read(string text)
    {
        var entries = new List<WeightsEntry>();
        foreach (string line in text.Split('\n').Skip(1))
        {
            string[] fields = line.Split('\t');
            if (fields.Length == 4 && Enum.TryParse(fields[2], out WeightsState state))
                entries.Add(new WeightsEntry(new WeightsPair(fields[0], fields[1]), state, fields[3]));
        }

        return new EquatableArray<WeightsEntry>([.. entries]);
    }
}
