namespace NativeNet.Numerics;

/// <summary>
/// Random numbers without state: Philox4x32-10, a function of a seed, a stream and an index. The same on every machine
/// and in any order of calls.
/// </summary>
/// <remarks>
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The seed is the key, its low
/// word first. The counter is (low word of index / 4, high word of index / 4, stream, 0), and index mod 4 picks one of
/// the block's four words. For data and weights, not for secrets.
/// </remarks>
/// <param name="Seed">Any number.</param>
public readonly record struct Philox(ulong Seed)
{
    internal const uint Multiplier0 = 0xD2511F53, Multiplier2 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;
    internal const int Rounds = 10;

    /// <summary>32 random bits.</summary>
    /// <param name="stream">One of <see cref="RandomStreams"/>.</param>
    /// <param name="index">The position in the stream.</param>
    public uint Bits(uint stream, ulong index)
    {
        (uint w0, uint w1, uint w2, uint w3) = Words(stream, index / 4);
        return (index % 4) switch
        {
            0 => w0,
            1 => w1,
            2 => w2,
            _ => w3,
        };
    }

    /// <summary>A multiple of 2⁻²⁴ in [0, 1), each as likely as another.</summary>
    /// <param name="stream">One of <see cref="RandomStreams"/>.</param>
    /// <param name="index">The position in the stream.</param>
    public float Uniform(uint stream, ulong index) => (Bits(stream, index) >> 8) * (1f / (1 << 24));

    /// <summary>An odd multiple of 2⁻²⁴ in (−1, 1), each as likely as another: symmetric, and never 0.</summary>
    /// <param name="stream">One of <see cref="RandomStreams"/>.</param>
    /// <param name="index">The position in the stream.</param>
    public float SymmetricUniform(uint stream, ulong index)
        => ((2 * (int)(Bits(stream, index) >> 8)) + 1 - (1 << 24)) * (1f / (1 << 24));

    /// <summary>An integer in [0, <paramref name="bound"/>): the high word of bits · bound.</summary>
    /// <param name="stream">One of <see cref="RandomStreams"/>.</param>
    /// <param name="index">The position in the stream.</param>
    /// <param name="bound">At least 1.</param>
    /// <remarks>
    /// Lemire, "Fast random integer generation in an interval", 2019, without the rejection, which would make the number
    /// of words drawn depend on their values. No value's probability differs from 1 / bound by more than 2⁻³².
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int Below(uint stream, ulong index, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return Below(Bits(stream, index), bound);
    }

    /// <summary>A standard normal variate: <see cref="Normal.FromBits"/> of the word.</summary>
    /// <param name="stream">One of <see cref="RandomStreams"/>.</param>
    /// <param name="index">The position in the stream.</param>
    public float StandardNormal(uint stream, ulong index) => Normal.FromBits(Bits(stream, index));

    /// <summary>Brings <paramref name="items"/> into an order that depends on the seed, the stream and the epoch alone.</summary>
    /// <param name="items">Any length, permuted in place.</param>
    /// <param name="stream">One of <see cref="RandomStreams"/>.</param>
    /// <param name="epoch">Its word for position i has the index epoch · 2³² + i.</param>
    /// <remarks>Fisher and Yates as in Knuth, TAOCP 3.4.2, algorithm P: i descends and swaps with 0…i.</remarks>
    public void Shuffle(Span<int> items, uint stream, uint epoch)
    {
        Span<uint> words = stackalloc uint[4];
        for (int i = items.Length - 1; i > 0; i--)
        {
            // Four positions, one behind the other, have their words from one block.
            int word = i % 4;
            if (word == 3 || i == items.Length - 1)
                (words[0], words[1], words[2], words[3]) = Words(stream, (((ulong)epoch << 32) | (uint)i) / 4);

            int other = Below(words[word], i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    /// <summary>The four words of a block of a stream.</summary>
    private (uint W0, uint W1, uint W2, uint W3) Words(uint stream, ulong block)
        => Block(((uint)block, (uint)(block >> 32), stream, 0u), ((uint)Seed, (uint)(Seed >> 32)));

    private static int Below(uint bits, int bound) => (int)(((ulong)bits * (uint)bound) >> 32);

    /// <summary>The bijection itself: ten rounds on one counter.</summary>
    /// <param name="counter">Four words.</param>
    /// <param name="key">Two words.</param>
    internal static (uint W0, uint W1, uint W2, uint W3) Block(
        (uint W0, uint W1, uint W2, uint W3) counter, (uint W0, uint W1) key)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * counter.W0;
            ulong product2 = (ulong)Multiplier2 * counter.W2;
            counter = (
                (uint)(product2 >> 32) ^ counter.W1 ^ key.W0, (uint)product2,
                (uint)(product0 >> 32) ^ counter.W3 ^ key.W1, (uint)product0);
            key = (unchecked(key.W0 + Weyl0), unchecked(key.W1 + Weyl1));
        }

        return counter;
    }
}
