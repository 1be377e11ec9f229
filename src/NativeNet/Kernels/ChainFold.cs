using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>What the elements of a channel add to one or two sums over a batch.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal interface IChainTerm<TSelf>
    where TSelf : struct, IChainTerm<TSelf>, allows ref struct
{
    /// <summary>The sums of a channel: 1 or 2.</summary>
    static abstract int Sums { get; }

    /// <summary>Adds the terms of as many samples as there are lanes, position after position.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="chains">The chains of these samples for the first sum.</param>
    /// <param name="apart">Floats from there to those for a second one.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="elements">These samples' elements at a few positions.</param>
    void Add<TLanes>(ref float chains, nuint apart, nuint channel, PositionRange elements)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Elements at positions one behind the other, counted in floats from the start of the batch's blocks.</summary>
/// <param name="Start">That at the first position.</param>
/// <param name="End">What follows that at the last one.</param>
/// <param name="Step">From position to position.</param>
internal readonly record struct PositionRange(nuint Start, nuint End, nuint Step);

/// <summary>
/// The contract's sum over the samples and positions of a batch: 16 chains from +0, sample b in chain b mod 16; in a chain
/// samples ascending, in a sample positions ascending; the chains added in halves.
/// </summary>
/// <remarks>
/// Lanes are chains, so a block's vectors are added as they lie. The channels of a few positions take turns: values are read in
/// a few places at once, each of them in the order in which they lie in memory, since a batch is larger than the caches near a
/// core; chains are loaded and stored once for these positions, and no sum waits long for the one before.
/// </remarks>
internal static class ChainFold
{
    private const int Chains = RowSum.PartialSums;

    /// <summary>The positions of a channel that are added one behind the other, so that its chains stay in registers.</summary>
    private const nuint PositionsTogether = 8;

    /// <summary>The channels whose chains lie side by side: 4 KB of them a sum.</summary>
    private const int Together = 64;

    /// <summary>The most sums of those channels: two each, and between them one that is nobody's, so that they do not lie 4 KB apart, in the same sets of a cache.</summary>
    private const int MostSums = (2 * Together) + 1;

    /// <summary>The sums of channels side by side.</summary>
    /// <typeparam name="TTerm">What an element adds, to one sum a channel.</typeparam>
    /// <typeparam name="TLanes">The width, at most that of a block.</typeparam>
    /// <param name="term">The terms, over (blocks, positions, channels, samples of a block).</param>
    /// <param name="batch">How the batch lies.</param>
    /// <param name="first">The first channel.</param>
    /// <param name="end">The channel behind the last.</param>
    /// <param name="sums">(end − first), overwritten.</param>
    /// <returns>Whether they are whole; else nothing is overwritten, and their chains are handed on.</returns>
    public static bool Sum<TTerm, TLanes>(in TTerm term, in ChannelBatch batch, nuint first, nuint end, ref float sums)
        where TTerm : struct, IChainTerm<TTerm>, allows ref struct
        where TLanes : struct, ILanes<TLanes>
        => Sum<TTerm, TLanes>(term, batch, first, end, ref sums, ref sums);

    /// <summary>One or two sums of channels side by side.</summary>
    /// <typeparam name="TTerm">What an element adds.</typeparam>
    /// <typeparam name="TLanes">The width, at most that of a block.</typeparam>
    /// <param name="term">The terms, over (blocks, positions, channels, samples of a block).</param>
    /// <param name="batch">How the batch lies.</param>
    /// <param name="first">The first channel.</param>
    /// <param name="end">The channel behind the last.</param>
    /// <param name="sums">(end − first), overwritten by the first sums.</param>
    /// <param name="others">(end − first), overwritten by the second ones, where there are any.</param>
    /// <returns>Whether they are whole; else nothing is overwritten, and their chains are handed on.</returns>
    public static bool Sum<TTerm, TLanes>(in TTerm term, in ChannelBatch batch, nuint first, nuint end, ref float sums, ref float others)
        where TTerm : struct, IChainTerm<TTerm>, allows ref struct
        where TLanes : struct, ILanes<TLanes>
    {
        // Room for the chains, and behind it for those that wait while a group of samples is only partly used.
        Span<float> room = stackalloc float[2 * MostSums * Chains];
        ref float chains = ref MemoryMarshal.GetReference(room);
        bool areWhole = true;
        for (nuint channel = first; channel < end; channel += Together)
        {
            nuint channels = nuint.Min(Together, end - channel), apart = (channels + 1) * Chains;
            int all = TTerm.Sums == 1 ? (int)channels : (2 * (int)channels) + 1;
            batch.Samples.Begin(ref chains, all);
            AddBatch<TTerm, TLanes>(term, batch, channel, channels, ref chains, apart, all);
            areWhole = batch.Samples.End(ref chains, all);
            for (nuint c = 0; areWhole && c < channels; c++)
            {
                Unsafe.Add(ref sums, channel - first + c) = Fold(ref Unsafe.Add(ref chains, c * Chains));
                if (TTerm.Sums > 1)
                    Unsafe.Add(ref others, channel - first + c) = Fold(ref Unsafe.Add(ref chains, apart + (c * Chains)));
            }
        }

        return areWhole;
    }

    /// <summary>The sum of 16 floats, added in halves.</summary>
    /// <param name="chains">(16).</param>
    public static float Fold(ref float chains)
    {
        Lanes128 quarter = (Lanes128.Load(ref chains, 0) + Lanes128.Load(ref chains, 8))
            + (Lanes128.Load(ref chains, 4) + Lanes128.Load(ref chains, 12));
        Vector128<float> sum = quarter.Value;
        return (sum[0] + sum[2]) + (sum[1] + sum[3]);
    }

    /// <summary>Adds samples to the chains of a few channels, 16 after the other, or as many as a smaller block has.</summary>
    private static void AddBatch<TTerm, TLanes>(
        in TTerm term, in ChannelBatch batch, nuint channel, nuint channels, ref float chains, nuint apart, int sums)
        where TTerm : struct, IChainTerm<TTerm>, allows ref struct
        where TLanes : struct, ILanes<TLanes>
    {
        nuint group = nuint.Min(Chains, batch.Block), step = batch.Channels * batch.Block;
        for (nuint b = batch.Samples.First; b < batch.Samples.Stop; b += group)
        {
            nuint sample = b % batch.Block, rest = batch.Samples.Stop - b;
            nuint index = ((b - sample) * batch.Positions * batch.Channels) + (channel * batch.Block) + sample;
            if (rest < group)
                SampleChains.Keep(ref chains, sums, MostSums * Chains);

            for (nuint position = 0; position < batch.Positions; position += PositionsTogether)
            {
                nuint length = nuint.Min(PositionsTogether, batch.Positions - position) * step;
                for (nuint lane = 0; lane < group; lane += (nuint)TLanes.Count)
                    AddPositions<TTerm, TLanes>(term, channel, channels, new PositionRange(index + lane, index + lane + length, step), batch.Block, ref Unsafe.Add(ref chains, lane), apart);
                index += length;
            }

            if (rest < group)
                SampleChains.Restore(ref chains, sums, MostSums * Chains, rest);
        }
    }

    /// <summary>Adds one vector of samples at a few positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPositions<TTerm, TLanes>(
        in TTerm term, nuint channel, nuint channels, PositionRange elements, nuint block, ref float chains, nuint apart)
        where TTerm : struct, IChainTerm<TTerm>, allows ref struct
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint end = channel + channels; channel < end; channel++)
        {
            term.Add<TLanes>(ref chains, apart, channel, elements);
            elements = new PositionRange(elements.Start + block, elements.End + block, elements.Step);
            chains = ref Unsafe.Add(ref chains, Chains);
        }
    }
}
