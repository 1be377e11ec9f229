using System.Runtime.CompilerServices;

namespace NativeNet.Numerics;

/// <summary>Philox4x32-10 for as many counters at once as there are lanes; they differ in their second word.</summary>
/// <remarks>Lanes hold bit patterns, not floats.</remarks>
/// <typeparam name="TLanes">The width.</typeparam>
internal static class PhiloxLanes<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>The four words of every lane's counter.</summary>
    /// <param name="c0">The counter's first word, the same in all lanes.</param>
    /// <param name="c1">The second word of each lane.</param>
    /// <param name="c2">The third word.</param>
    /// <param name="c3">The fourth word.</param>
    /// <param name="key">Two words.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TLanes W0, TLanes W1, TLanes W2, TLanes W3) Block(uint c0, TLanes c1, uint c2, uint c3, (uint W0, uint W1) key)
    {
        // The words of every other lane, each with one behind it that nobody reads: products need both places, and so nothing has
        // to be put together from two vectors before the last round.
        TLanes w0 = Create(c0), w1 = c1, w2 = Create(c2), w3 = Create(c3);
        TLanes v0 = w0, v1 = TLanes.ShiftPairsRight(c1), v2 = w2, v3 = w3;
        for (int round = 0; round < Philox.Rounds; round++)
        {
            TLanes k0 = Create(key.W0), k1 = Create(key.W1);
            (w0, w1, w2, w3) = Next(w0, w1, w2, w3, k0, k1);
            (v0, v1, v2, v3) = Next(v0, v1, v2, v3, k0, k1);
            key = (unchecked(key.W0 + Philox.Weyl0), unchecked(key.W1 + Philox.Weyl1));
        }

        return (TLanes.JoinPairs(w0, v0), TLanes.JoinPairs(w1, v1), TLanes.JoinPairs(w2, v2), TLanes.JoinPairs(w3, v3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLanes W0, TLanes W1, TLanes W2, TLanes W3) Next(TLanes w0, TLanes w1, TLanes w2, TLanes w3, TLanes key0, TLanes key1)
    {
        TLanes product0 = TLanes.MultiplyPairs(w0, Philox.Multiplier0), product2 = TLanes.MultiplyPairs(w2, Philox.Multiplier2);
        return (
            TLanes.Xor(TLanes.Xor(TLanes.ShiftPairsRight(product2), w1), key0), product2,
            TLanes.Xor(TLanes.Xor(TLanes.ShiftPairsRight(product0), w3), key1), product0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Create(uint bits) => TLanes.Create(BitConverter.UInt32BitsToSingle(bits));
}
