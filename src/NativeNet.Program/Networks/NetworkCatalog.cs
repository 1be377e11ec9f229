using NativeNet.Data;
using NativeNet.Description.Syntax;
using NativeNet.Program.CommandLine;

namespace NativeNet.Program.Networks;

/// <summary>The networks of this program.</summary>
internal static class NetworkCatalog
{
    /// <summary>All networks.</summary>
    public static IReadOnlyList<NamedNetwork> All => Application.Program.Networks;

    /// <summary>The network of a name or of a file; without one, the first.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    /// <exception cref="DataFormatException">The file is wrong.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static NamedNetwork Find(string? name)
    {
        IReadOnlyList<NamedNetwork> all = All;
        if (name is null)
            return all[0];
        if (NetworkFile.IsFile(name))
            return NetworkFile.Run(name);
        if (all.FirstOrDefault(network => network.Name == name) is { } found)
            return found;

        string[] names = [.. all.Select(static network => network.Name)];
        string guess = Spelling.FindNearest(name, names) is { } nearest ? $"did you mean '{nearest}'? There are" : "there are";
        throw new UsageException($"there is no network '{name}'; {guess} {string.Join(", ", names)}, or the file of one, FILE.nn.json");
    }

    /// <summary>The network of a name; without one, that of the experiments.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static NamedNetwork FindExperimental(string? name) => Find(name ?? Application.Program.Experimental);

    /// <summary>The network that a command cannot do without.</summary>
    /// <exception cref="UsageException">The name is missing or unknown.</exception>
    public static NamedNetwork Require(string? name, string command) => Find(RequireName(name, command));

    /// <summary>The network that a command cannot do without which only predicts: one of a file may have no loss.</summary>
    /// <exception cref="UsageException">The name is missing or unknown.</exception>
    public static PredictableNetwork RequirePredictable(string? name, string command)
    {
        if (NetworkFile.IsFile(RequireName(name, command)))
            return NetworkFile.Predict(name!);

        NamedNetwork found = Find(name);
        return new PredictableNetwork(found.Name, found.Data, found.Network);
    }

    private static string RequireName(string? name, string command)
        => name ?? throw new UsageException($"{command} needs a network: {string.Join(", ", All.Select(static network => network.Name))}");
}
