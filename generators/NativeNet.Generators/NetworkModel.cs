using NativeNet.Compiler;
using NativeNet.Description;
using NativeNet.Generators.Diagnostics;

namespace NativeNet.Generators;

/// <summary>A struct joined with its file: errors with places on one side, what to emit without places on the other.</summary>
/// <param name="Source">What to emit.</param>
/// <param name="Errors">What to report about the struct.</param>
internal sealed record NetworkModel(NetworkSource Source, EquatableArray<LocatedDiagnostic> Errors);

/// <summary>The cache key of the output.</summary>
/// <param name="Target">The struct, or null where nothing can be emitted.</param>
/// <param name="Spec">The network, or null where only a placeholder can be emitted.</param>
internal sealed record NetworkSource(NetworkDeclaration? Target, NetworkSpec? Spec);
