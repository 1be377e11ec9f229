using NativeNet.Cli.CommandLine;
using NativeNet.Description.Syntax;

namespace NativeNet.Cli.Networks;

/// <summary>The networks of this binary. Another one is a JSON file in <c>models/</c>, a struct, and a line here.</summary>
internal static class NetworkCatalog
{
    /// <summary>All networks.</summary>
    public static IReadOnlyList<CompiledNetwork> All =>
    [
        CompiledNetwork.Of<Digits>("digits", NetworkData.Digits),
        CompiledNetwork.Of<Mnist>("mnist", NetworkData.Mnist),
        CompiledNetwork.Of<MnistWide>("mnist-wide", NetworkData.Mnist),
        CompiledNetwork.Of<Deep>("deep", NetworkData.Digits),
        CompiledNetwork.Of<Lenet>("lenet", NetworkData.Mnist),
        CompiledNetwork.Of<Resnet>("resnet", NetworkData.Mnist),
        CompiledNetwork.Of<Separable>("separable", NetworkData.Mnist),
    ];

    /// <summary>The network of a name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static CompiledNetwork Find(string name)
    {
        IReadOnlyList<CompiledNetwork> all = All;
        if (all.FirstOrDefault(network => network.Name == name) is { } found)
            return found;

        string[] names = [.. all.Select(static network => network.Name)];
        string guess = Spelling.FindNearest(name, names) is { } nearest ? $"did you mean '{nearest}'? There are" : "there are";
        throw new UsageException($"there is no network '{name}'; {guess} {string.Join(", ", names)}");
    }

    /// <summary>The network that a command cannot do without.</summary>
    /// <exception cref="UsageException">The name is missing or unknown.</exception>
    public static CompiledNetwork Require(string? name, string command)
        => name is null
            ? throw new UsageException($"{command} needs a network: {string.Join(", ", All.Select(static network => network.Name))}")
            : Find(name);
}
