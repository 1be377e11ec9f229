using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Some of the channels of every position: what layers side by side are put together from.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChannelParts
{
    /// <summary>Copies a run of floats at every position.</summary>
    /// <param name="from">The run at the first position.</param>
    /// <param name="fromStride">Floats from position to position of the source.</param>
    /// <param name="to">The place of the run at the first position.</param>
    /// <param name="toStride">Floats from position to position of the destination.</param>
    /// <param name="length">Floats of a run: channels times the samples of a block.</param>
    /// <param name="positions">The positions.</param>
    public static void Copy(ref float from, int fromStride, ref float to, int toStride, int length, int positions)
    {
        for (int position = 0; position < positions; position++)
        {
            MemoryMarshal.CreateReadOnlySpan(ref from, length).CopyTo(MemoryMarshal.CreateSpan(ref to, length));
            from = ref Unsafe.Add(ref from, fromStride);
            to = ref Unsafe.Add(ref to, toStride);
        }
    }

    /// <summary>Adds a run of floats at every position to what is there.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="from">The run at the first position.</param>
    /// <param name="fromStride">Floats from position to position of the source.</param>
    /// <param name="to">The place of the run at the first position, added to.</param>
    /// <param name="toStride">Floats from position to position of the destination.</param>
    /// <param name="length">Floats of a run, a multiple of the width.</param>
    /// <param name="positions">The positions.</param>
    public static void Add<TLanes>(ref float from, int fromStride, ref float to, int toStride, int length, int positions)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int position = 0; position < positions; position++)
        {
            Blocks.Add<TLanes>(ref to, ref from, (nuint)length);
            from = ref Unsafe.Add(ref from, fromStride);
            to = ref Unsafe.Add(ref to, toStride);
        }
    }
}
