using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>What the kernels of a dropout layer know of it.</summary>
/// <param name="Elements">The elements of a sample.</param>
/// <param name="Layer">The layer's position in the file, which its random numbers depend on.</param>
/// <param name="Rate">The share of values that are dropped.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct DropoutShape(int Elements, int Layer, float Rate);
