using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>The contract's sum over one row, <see cref="RowSum"/>, with lanes over its elements.</summary>
internal static class RowLanes
{
    /// <summary>The sum of a row.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="row">(elements), with room for a vector behind it, which is masked.</param>
    /// <param name="elements">The elements.</param>
    /// <param name="room">Room for 16 partial sums.</param>
    public static float Sum<TLanes>(ref float row, nuint elements, Span<float> room)
        where TLanes : struct, ILanes<TLanes>
    {
        room.Clear();
        ref float sums = ref MemoryMarshal.GetReference(room);
        for (nuint c = 0; c < elements; c += (nuint)TLanes.Count)
        {
            nuint p = c % RowSum.PartialSums;
            TLanes sum = TLanes.Load(ref sums, p), added = sum + TLanes.Load(ref row, c);
            TLanes.Select(LaneMask.First<TLanes>(elements - c), added, sum).Store(ref sums, p);
        }

        return ChainFold.Fold(ref sums);
    }
}
