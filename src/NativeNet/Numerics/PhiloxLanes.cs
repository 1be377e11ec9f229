using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NativeNet.Numerics;

/// <summary>Philox4x32-10 for as many counters at once as there are lanes; they differ in their second word.</summary>
/// <remarks>
/// Lanes hold bit patterns, not floats. Words of every other lane stand together, each with one behind it that nobody reads:
/// products need both places, and so nothing has to be put together from two vectors before the last round. Only after three
/// rounds do all words differ between the lanes; until then those that do not are computed once, as scalars.
/// </remarks>
/// <typeparam name="TLanes">The width.</typeparam>
internal static class PhiloxLanes<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Whether <see cref="Blocks"/> is faster than <see cref="Block"/> twice.</summary>
    /// <remarks>A round's operations wait for each other. A second block fills the gaps where it fits into the registers too: 32, not 16.</remarks>
    public static bool FitsTwoBlocks => Vector512.IsHardwareAccelerated;

    /// <summary>The four words of every lane's counter.</summary>
    /// <param name="c0">The counter's first word, the same in all lanes.</param>
    /// <param name="c1">The second word of each lane.</param>
    /// <param name="c2">The third word.</param>
    /// <param name="c3">The fourth word.</param>
    /// <param name="key">Two words.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TLanes W0, TLanes W1, TLanes W2, TLanes W3) Block(uint c0, TLanes c1, uint c2, uint c3, (uint W0, uint W1) key)
    {
        (TLanes even, TLanes odd) = Products(c1, c2, key);
        (TLanes s0, TLanes s1, TLanes s2, TLanes s3) = Scalars(c0, c2, c3, key);
        (TLanes w0, TLanes w1, TLanes w2, TLanes w3) = Third(even, s0, s1, s2, s3);
        (TLanes v0, TLanes v1, TLanes v2, TLanes v3) = Third(odd, s0, s1, s2, s3);
        (TLanes k0, TLanes k1) = FourthKey(key);
        for (int round = 3; round < Philox.Rounds; round++)
        {
            (w0, w1, w2, w3) = Next(w0, w1, w2, w3, k0, k1);
            (v0, v1, v2, v3) = Next(v0, v1, v2, v3, k0, k1);
            (k0, k1) = (TLanes.AddBits(k0, Create(Philox.Weyl0)), TLanes.AddBits(k1, Create(Philox.Weyl1)));
        }

        return (TLanes.JoinPairs(w0, v0), TLanes.JoinPairs(w1, v1), TLanes.JoinPairs(w2, v2), TLanes.JoinPairs(w3, v3));
    }

    /// <summary>The words of two blocks, those of <paramref name="c0"/> and of the number behind it.</summary>
    /// <param name="c0">The first word of the first counter, the same in all lanes.</param>
    /// <param name="c1">The second word of each lane.</param>
    /// <param name="c2">The third word.</param>
    /// <param name="c3">The fourth word.</param>
    /// <param name="key">Two words.</param>
    /// <param name="words">(8, lanes), overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Blocks(uint c0, TLanes c1, uint c2, uint c3, (uint W0, uint W1) key, ref float words)
    {
        (TLanes even, TLanes odd) = Products(c1, c2, key);
        (TLanes s0, TLanes s1, TLanes s2, TLanes s3) = Scalars(c0, c2, c3, key);
        (TLanes w0, TLanes w1, TLanes w2, TLanes w3) = Third(even, s0, s1, s2, s3);
        (TLanes v0, TLanes v1, TLanes v2, TLanes v3) = Third(odd, s0, s1, s2, s3);
        (s0, s1, s2, s3) = Scalars(c0 + 1, c2, c3, key);
        (TLanes x0, TLanes x1, TLanes x2, TLanes x3) = Third(even, s0, s1, s2, s3);
        (TLanes y0, TLanes y1, TLanes y2, TLanes y3) = Third(odd, s0, s1, s2, s3);
        (TLanes k0, TLanes k1) = FourthKey(key);
        for (int round = 3; round < Philox.Rounds; round++)
        {
            (w0, w1, w2, w3) = Next(w0, w1, w2, w3, k0, k1);
            (v0, v1, v2, v3) = Next(v0, v1, v2, v3, k0, k1);
            (x0, x1, x2, x3) = Next(x0, x1, x2, x3, k0, k1);
            (y0, y1, y2, y3) = Next(y0, y1, y2, y3, k0, k1);
            (k0, k1) = (TLanes.AddBits(k0, Create(Philox.Weyl0)), TLanes.AddBits(k1, Create(Philox.Weyl1)));
        }

        nuint lanes = (nuint)TLanes.Count;
        TLanes.JoinPairs(w0, v0).Store(ref words, 0);
        TLanes.JoinPairs(w1, v1).Store(ref words, lanes);
        TLanes.JoinPairs(w2, v2).Store(ref words, 2 * lanes);
        TLanes.JoinPairs(w3, v3).Store(ref words, 3 * lanes);
        TLanes.JoinPairs(x0, y0).Store(ref words, 4 * lanes);
        TLanes.JoinPairs(x1, y1).Store(ref words, 5 * lanes);
        TLanes.JoinPairs(x2, y2).Store(ref words, 6 * lanes);
        TLanes.JoinPairs(x3, y3).Store(ref words, 7 * lanes);
    }

    /// <summary>The second round's products of the word that differs between the lanes: after one round that is the first alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLanes Even, TLanes Odd) Products(TLanes c1, uint c2, (uint W0, uint W1) key)
    {
        TLanes w0 = TLanes.Xor(c1, Create((uint)(((ulong)Philox.Multiplier2 * c2) >> 32) ^ key.W0));
        return (
            TLanes.MultiplyPairs(w0, Philox.Multiplier0),
            TLanes.MultiplyPairs(TLanes.ShiftPairsRight(w0), Philox.Multiplier0));
    }

    /// <summary>What scalars bring into words that differ between the lanes: into W2 in the second round, into W0, W2 and W3 in the third.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLanes Second2, TLanes Third0, TLanes Third2, TLanes Third3) Scalars(uint c0, uint c2, uint c3, (uint W0, uint W1) key)
    {
        ulong first0 = (ulong)Philox.Multiplier0 * c0, first2 = (ulong)Philox.Multiplier2 * c2;
        ulong second2 = (ulong)Philox.Multiplier2 * ((uint)(first0 >> 32) ^ c3 ^ key.W1);
        ulong third0 = (ulong)Philox.Multiplier0 * ((uint)(second2 >> 32) ^ (uint)first2 ^ unchecked(key.W0 + Philox.Weyl0));
        return (
            Create((uint)first0 ^ unchecked(key.W1 + Philox.Weyl1)),
            Create((uint)second2 ^ unchecked(key.W0 + (2 * Philox.Weyl0))),
            Create((uint)(third0 >> 32) ^ unchecked(key.W1 + (2 * Philox.Weyl1))),
            Create((uint)third0));
    }

    /// <summary>The words after three rounds, from a product of the second one and the scalars.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLanes W0, TLanes W1, TLanes W2, TLanes W3) Third(TLanes product0, TLanes second2, TLanes third0, TLanes third2, TLanes third3)
    {
        TLanes product2 = TLanes.MultiplyPairs(TLanes.Xor(TLanes.ShiftPairsRight(product0), second2), Philox.Multiplier2);
        return (TLanes.Xor(TLanes.ShiftPairsRight(product2), third0), product2, TLanes.Xor(product0, third2), third3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLanes K0, TLanes K1) FourthKey((uint W0, uint W1) key)
        => (Create(unchecked(key.W0 + (3 * Philox.Weyl0))), Create(unchecked(key.W1 + (3 * Philox.Weyl1))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLanes W0, TLanes W1, TLanes W2, TLanes W3) Next(TLanes w0, TLanes w1, TLanes w2, TLanes w3, TLanes key0, TLanes key1)
    {
        TLanes product0 = TLanes.MultiplyPairs(w0, Philox.Multiplier0), product2 = TLanes.MultiplyPairs(w2, Philox.Multiplier2);
        return (
            TLanes.Xor(w1, key0, TLanes.ShiftPairsRight(product2)), product2,
            TLanes.Xor(w3, key1, TLanes.ShiftPairsRight(product0)), product0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Create(uint bits) => TLanes.Create(BitConverter.UInt32BitsToSingle(bits));
}
