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
    public static (TLanes W0, TLanes W1, TLanes W2, TLanes W3) Block(uint c0, TLanes c1, uint c2, uint c3, (uint W0, uint W1) key)
    {
        TLanes w0 = Create(c0), w1 = c1, w2 = Create(c2), w3 = Create(c3);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            TLanes low0 = TLanes.MultiplyBits(w0, Philox.Multiplier0, out TLanes high0);
            TLanes low2 = TLanes.MultiplyBits(w2, Philox.Multiplier2, out TLanes high2);
            (w0, w1, w2, w3) = (
                TLanes.Xor(TLanes.Xor(high2, w1), Create(key.W0)), low2,
                TLanes.Xor(TLanes.Xor(high0, w3), Create(key.W1)), low0);
            key = (unchecked(key.W0 + Philox.Weyl0), unchecked(key.W1 + Philox.Weyl1));
        }

        return (w0, w1, w2, w3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Create(uint bits) => TLanes.Create(BitConverter.UInt32BitsToSingle(bits));
}
