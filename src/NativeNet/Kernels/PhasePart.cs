using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>What one thread does of a phase without looking at the others.</summary>
/// <param name="Layer">In an update the layer among those with parameters, from 0; else 0.</param>
/// <param name="First">Of rows the first sample; else the share, from 0.</param>
/// <param name="Count">Of rows the samples; else how many shares there are.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct PhasePart(int Layer, int First, int Count);
