namespace NativeNet.Runtime.Memory;

/// <summary>What a step does with the samples at hand.</summary>
/// <param name="memory">The memory of the call.</param>
internal delegate void RowsCall(in RunMemory memory);
