using System.Runtime.CompilerServices;

namespace NativeNet.Runtime.Memory;

/// <summary>Where a value lies, as numbers: a <see cref="Compiler.Planning.View"/> with its buffer found.</summary>
/// <param name="IsInput">Whether in the caller's inputs and not in the workspace.</param>
/// <param name="Start">The float of element 0 of sample 0.</param>
/// <param name="Stride">Floats that a sample takes; 0 for what has no samples.</param>
/// <param name="Block">The samples that lie side by side; 1 in rows.</param>
internal readonly record struct Place(bool IsInput, int Start, int Stride, int Block)
{
    /// <summary>The first float of the sample at hand.</summary>
    /// <param name="memory">The memory of the call.</param>
    public ref float In(scoped in RunMemory memory)
    {
        nuint lane = memory.Sample % (nuint)Block, index = (nuint)Start + ((memory.Sample - lane) * (nuint)Stride) + lane;
        return ref IsInput ? ref Unsafe.Add(ref memory.Inputs, index) : ref Unsafe.Add(ref memory.Workspace, index);
    }
}
