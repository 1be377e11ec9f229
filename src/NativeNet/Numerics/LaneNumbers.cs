using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativeNet.Numerics;

/// <summary>Integers that count the lanes, as bit patterns.</summary>
internal static class LaneNumbers
{
    /// <summary>An array, because a span over constants is an object a call in unoptimized code.</summary>
    private static readonly uint[] Numbers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>first, first + 1, first + 2, …, modulo 2³².</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="first">The first lane's number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes From<TLanes>(uint first)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.AddBits(
            TLanes.Create(BitConverter.UInt32BitsToSingle(first)),
            TLanes.Load(ref Unsafe.As<uint, float>(ref MemoryMarshal.GetArrayDataReference(Numbers)), 0));
}
