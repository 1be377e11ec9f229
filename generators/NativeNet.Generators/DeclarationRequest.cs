using NativeNet.Compiler;
using NativeNet.Description;
using NativeNet.Generators.Diagnostics;

namespace NativeNet.Generators;

/// <summary>A struct with the attribute: what it asks for, where, and what is wrong with the declaration itself.</summary>
/// <param name="Target">The struct, or null where a network cannot be put into it.</param>
/// <param name="Location">Where the attribute stands, for errors about its file.</param>
/// <param name="Errors">Mistakes in the declaration.</param>
internal sealed record DeclarationRequest(NetworkDeclaration? Target, TextLocation Location, EquatableArray<LocatedDiagnostic> Errors)
{
    /// <summary>
    /// Counts the structs before this one whose names are the same, letter case aside: Roslyn throws when two files are
    /// named alike, and takes their names so.
    /// </summary>
    /// <param name="all">Every struct with the attribute, this one included.</param>
    public int CountTwins(IEnumerable<DeclarationRequest> all)
        => all.Count(other => string.Equals(other.Target?.TypeName, Target?.TypeName, StringComparison.OrdinalIgnoreCase) && other.IsBefore(this));

    private bool IsBefore(DeclarationRequest other)
    {
        int order = string.CompareOrdinal(Target?.TypeName, other.Target?.TypeName);
        if (order == 0)
            order = string.CompareOrdinal(Location.Path, other.Location.Path);
        return order < 0 || (order == 0 && Location.Span.Start < other.Location.Span.Start);
    }
}
