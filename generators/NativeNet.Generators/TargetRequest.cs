using NativeNet.Description;
using NativeNet.Generators.Diagnostics;

namespace NativeNet.Generators;

/// <summary>A struct with the attribute: what it asks for, where, and what is wrong with the declaration itself.</summary>
/// <param name="Target">The struct, or null where a network cannot be put into it.</param>
/// <param name="Location">Where the attribute stands, for errors about its file.</param>
/// <param name="Errors">Mistakes in the declaration.</param>
internal sealed record TargetRequest(NetworkTarget? Target, TextLocation Location, EquatableArray<LocatedDiagnostic> Errors);
