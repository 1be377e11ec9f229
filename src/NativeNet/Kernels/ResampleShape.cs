using System.ComponentModel;
using NativeNet.Description;

namespace NativeNet.Kernels;

/// <summary>What the kernels of a layer that repeats positions or leaves them out know of it.</summary>
/// <param name="Vertical">Which rows.</param>
/// <param name="Horizontal">Which columns.</param>
/// <param name="Channels">The channels of a position.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ResampleShape(ResampleAxis Vertical, ResampleAxis Horizontal, int Channels);
