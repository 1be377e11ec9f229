using NativeNet.Kernels;

namespace NativeNet.Runtime.Memory;

/// <summary>What a step over the whole batch does of a share of its outputs.</summary>
/// <param name="memory">The memory of the call.</param>
/// <param name="part">The share.</param>
internal delegate void PartCall(in RunMemory memory, PhasePart part);
