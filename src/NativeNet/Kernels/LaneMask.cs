using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Masks for vectors that are only partly used.</summary>
internal static class LaneMask
{
    private const nuint MostLanes = 16;

    /// <summary>An array, because a span over constants is an object a call in unoptimized code.</summary>
    private static readonly uint[] Bits =
    [
        ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>All bits set in the first lanes, none in the others.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="count">How many lanes; all of them from the width on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes First<TLanes>(nuint count)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Load(ref Unsafe.As<uint, float>(ref MemoryMarshal.GetArrayDataReference(Bits)), MostLanes - nuint.Min(count, MostLanes));
}
