namespace NativeNet.Compiler.Weights;

/// <summary>The weights that a struct's attribute names.</summary>
/// <param name="File">The file, as the attribute names it.</param>
/// <param name="IsPacked">Whether the project's code has a class with them.</param>
internal sealed record PackedWeights(string File, bool IsPacked = false);
