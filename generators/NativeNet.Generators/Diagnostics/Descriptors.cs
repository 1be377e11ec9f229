using Microsoft.CodeAnalysis;
using NativeNet.Description;

namespace NativeNet.Generators.Diagnostics;

/// <summary>Roslyn's descriptors: those of network files from the shared table, and those of C# declarations.</summary>
/// <remarks>Mistakes in network files have the numbers below NNET1000, what only a build can tell those from NNET1001.</remarks>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "NNET1001", "A network's struct is not partial", "The struct '{0}' is not partial; add 'partial' to it");

    public static readonly DiagnosticDescriptor ContainerNotPartial = Error(
        "NNET1002", "A type around a network's struct is not partial", "The type '{0}' is not partial, but holds the network '{1}'; add 'partial' to it");

    public static readonly DiagnosticDescriptor Generic = Error(
        "NNET1003", "A network's struct is generic", "The struct '{0}' is generic, or a type around it is; a network has fixed sizes and needs a type without parameters");

    public static readonly DiagnosticDescriptor FileLocal = Error(
        "NNET1004", "A network's struct is local to its file", "The struct '{0}' is local to its file, or a type around it is, and generated files cannot add to it; remove 'file'");

    public static readonly DiagnosticDescriptor FileNotFound = Error(
        "NNET1005", "A network file is not found", "No network file '{0}' is in the project; {1}");

    public static readonly DiagnosticDescriptor FileAmbiguous = Error(
        "NNET1006", "A network file's name is ambiguous", "Several network files end in '{0}': {1}; name more of the path");

    public static readonly DiagnosticDescriptor NamedAsMember = Error(
        "NNET1007", "A network's struct has the name of one of its members", "The struct '{0}' is to hold a member of the same name, which C# does not allow; rename the struct");

    public static readonly DiagnosticDescriptor MemberExists = Error(
        "NNET1008", "A member of a network's struct has the name of a generated one", "The network '{0}' has a member '{1}' of its own; rename this one");

    public static readonly DiagnosticDescriptor WeightsNotPrepared = Error(
        "NNET1009", "Weights were not prepared", "The build has not prepared the weights '{1}' of '{0}'; name both files as plain strings in the attribute");

    public static readonly DiagnosticDescriptor WeightsWrong = Error(
        "NNET1010", "Weights do not fit their network", "{0}");

    public static readonly DiagnosticDescriptor WeightsMissing = new(
        "NNET1011", "Weights are not there yet", "No weights '{0}' are in the project, so '{1}.Weights' is empty; build again when the network has been trained",
        DiagnosticTable.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor BudgetExceeded = Error(
        "NNET1012", "A network exceeds its budget", "Too much: {0}");

    private static readonly Dictionary<string, DiagnosticDescriptor> ById = All().ToDictionary(static d => d.Id);

    public static DiagnosticDescriptor Find(string id) => ById[id];

    /// <summary>All of them, by number.</summary>
    public static IEnumerable<DiagnosticDescriptor> All() =>
    [
        .. DiagnosticTable.All.Select(static rule => Error(rule.Id, rule.Title, rule.MessageFormat)),
        NotPartial, ContainerNotPartial, Generic, FileLocal, FileNotFound, FileAmbiguous, NamedAsMember, MemberExists, WeightsNotPrepared, WeightsWrong,
        WeightsMissing, BudgetExceeded,
    ];

    private static DiagnosticDescriptor Error(string id, string title, string message)
        => new(id, title, message, DiagnosticTable.Category, DiagnosticSeverity.Error, isEnabledByDefault: true);
}
