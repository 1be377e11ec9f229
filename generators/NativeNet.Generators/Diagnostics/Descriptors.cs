using Microsoft.CodeAnalysis;
using NativeNet.Description;

namespace NativeNet.Generators.Diagnostics;

/// <summary>Roslyn's descriptors: those of network files from the shared table, and those of C# declarations.</summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "NNET0101", "A network's struct is not partial", "The struct '{0}' is not partial, or a type around it is not; add 'partial' to each of them");

    public static readonly DiagnosticDescriptor Generic = Error(
        "NNET0102", "A network's struct is generic", "The struct '{0}' is generic, or a type around it is; a network has fixed sizes and needs a type without parameters");

    public static readonly DiagnosticDescriptor FileNotFound = Error(
        "NNET0103", "A network file is not found", "No network file '{0}' is in the project; {1}");

    public static readonly DiagnosticDescriptor FileAmbiguous = Error(
        "NNET0104", "A network file's name is ambiguous", "Several network files end in '{0}': {1}; name more of the path");

    private static readonly Dictionary<string, DiagnosticDescriptor> ById = All().ToDictionary(static d => d.Id);

    public static DiagnosticDescriptor Find(string id) => ById[id];

    public static IEnumerable<DiagnosticDescriptor> All() =>
    [
        NotPartial, Generic, FileNotFound, FileAmbiguous,
        .. DiagnosticTable.All.Select(static rule => Error(rule.Id, rule.Title, rule.MessageFormat)),
    ];

    private static DiagnosticDescriptor Error(string id, string title, string message)
        => new(id, title, message, DiagnosticTable.Category, DiagnosticSeverity.Error, isEnabledByDefault: true);
}
