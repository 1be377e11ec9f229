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

    /// <summary>Sets the partial sums to +0.</summary>
    /// <param name="sums">Room for 16 vectors.</param>
    public static void Clear(ref float sums)
    {
        for (nuint p = 0; p < Count; p++)
            TLanes.Create(0).Store(ref sums, p * Width);
    }

    /// <summary>Adds element <paramref name="i"/> of every row.</summary>
    public static void Add(ref float sums, nuint i, TLanes value)
    {
        nuint p = i % Count * Width;
        (TLanes.Load(ref sums, p) + value).Store(ref sums, p);
    }

    /// <summary>Adds the product of elements <paramref name="i"/> of every row in one fma.</summary>
    public static void AddProduct(ref float sums, nuint i, TLanes a, TLanes b)
    {
        nuint p = i % Count * Width;
        TLanes.Fma(a, b, TLanes.Load(ref sums, p)).Store(ref sums, p);
    }

    /// <summary>The sum of every row.</summary>
    public static TLanes Total(ref float sums)
    {
        for (nuint half = Count / 2; half > 0; half /= 2)
        {
            for (nuint p = 0; p < half; p++)
                (TLanes.Load(ref sums, p * Width) + TLanes.Load(ref sums, (p + half) * Width)).Store(ref sums, p * Width);
        }

        return TLanes.Load(ref sums, 0);
    }
}
