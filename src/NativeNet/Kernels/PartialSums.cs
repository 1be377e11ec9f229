using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>
/// The contract's sum over a row, <see cref="RowSum"/>, for as many rows at once as there are lanes: element i of every
/// row goes into partial sum i mod 16, and the partial sums are added in halves.
/// </summary>
/// <typeparam name="TLanes">The width.</typeparam>
internal static class PartialSums<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private const nuint Count = 16;

    private static nuint Width => (nuint)TLanes.Count;

    /// <summary>Sets the partial sums that no element will set to +0.</summary>
    /// <param name="sums">Room for 16 vectors.</param>
    /// <param name="elements">The elements of a row.</param>
    public static void Begin(ref float sums, nuint elements)
    {
        for (nuint p = elements; p < Count; p++)
            TLanes.Create(0).Store(ref sums, p * Width);
    }

    /// <summary>Adds element <paramref name="i"/> of every row; the elements come in order.</summary>
    public static void Add(ref float sums, nuint i, TLanes value)
    {
        nuint p = i % Count * Width;
        TLanes before = i < Count ? TLanes.Create(0) : TLanes.Load(ref sums, p);
        (before + value).Store(ref sums, p);
    }

    /// <summary>Adds the product of elements <paramref name="i"/> of every row in one fma; they come in order.</summary>
    public static void AddProduct(ref float sums, nuint i, TLanes a, TLanes b)
    {
        nuint p = i % Count * Width;
        TLanes before = i < Count ? TLanes.Create(0) : TLanes.Load(ref sums, p);
        TLanes.Fma(a, b, before).Store(ref sums, p);
    }

    /// <summary>The sum of every row.</summary>
    public static TLanes Total(ref float sums)
    {
        TLanes s0 = Pair(ref sums, 0), s1 = Pair(ref sums, 1), s2 = Pair(ref sums, 2), s3 = Pair(ref sums, 3);
        s0 += Pair(ref sums, 4);
        s1 += Pair(ref sums, 5);
        s2 += Pair(ref sums, 6);
        s3 += Pair(ref sums, 7);
        return s0 + s2 + (s1 + s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Pair(ref float sums, nuint p)
        => TLanes.Load(ref sums, p * Width) + TLanes.Load(ref sums, (p + (Count / 2)) * Width);
}
