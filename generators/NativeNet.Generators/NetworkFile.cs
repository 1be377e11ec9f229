using NativeNet.Compiler;
using NativeNet.Description;
using NativeNet.Generators.Diagnostics;

namespace NativeNet.Generators;

/// <summary>A network file as the pipeline sees it: read once, whatever asks for it.</summary>
/// <param name="Path">Its full path with forward slashes, for finding it.</param>
/// <param name="Spec">The network, or null where the file is wrong.</param>
/// <param name="Errors">What is wrong with it.</param>
internal sealed record NetworkFile(string Path, NetworkSpec? Spec, EquatableArray<LocatedDiagnostic> Errors)
{
    /// <summary>Whether <paramref name="name"/> is this path or an end of it that starts after a slash.</summary>
    public bool IsNamed(string name) => ProjectPath.IsNamed(Path, name);
}
