using System.ComponentModel;

namespace NativeNet.Kernels;

/// <summary>A value of every sample of a batch in the training workspace, of which a process may lack those of others.</summary>
/// <remarks>Whole grains of samples from b on begin at Offset + b · Stride, in rows and in blocks of samples alike.</remarks>
/// <param name="Offset">The first float of sample 0.</param>
/// <param name="Stride">Floats that a sample takes.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct BatchValue(int Offset, int Stride);
