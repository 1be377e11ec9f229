using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>What the kernels of a layer over rows of channels know of it.</summary>
/// <param name="Positions">The rows of a sample.</param>
/// <param name="Channels">The elements of a row.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RowShape(int Positions, int Channels);
