using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>What one element of a channel adds to a sum over a batch.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal interface IChainTerm<TSelf>
    where TSelf : struct, IChainTerm<TSelf>, allows ref struct
{
    /// <summary>The term with what it knows of one channel.</summary>
    /// <param name="channel">The channel.</param>
    TSelf Of(nuint channel);

    /// <summary>The sums with the terms of as many samples as there are lanes.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="sum">The sums so far.</param>
    /// <param name="index">The first sample's element, counted in floats from the start of the batch's blocks.</param>
    TLanes Add<TLanes>(TLanes sum, nuint index)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>
/// The contract's sum over the samples and positions of a batch: 16 chains from +0, sample b in chain b mod 16; in a chain
/// samples ascending, in a sample positions ascending; the chains added in halves.
/// </summary>
/// <remarks>
/// Lanes are chains, so a block's vectors are added as they lie; samples that do not exist are masked out. Four vectors are
/// summed at once, of one channel or of several: alone, each would wait for the addition before.
/// </remarks>
internal static class ChainFold
{
    private const int Chains = RowSum.PartialSums;

    /// <summary>The vectors that are summed at once.</summary>
    private const int Together = 4;

    /// <summary>The sums of channels side by side.</summary>
    /// <typeparam name="TTerm">What an element adds.</typeparam>
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
    {
        Span<float> room = stackalloc float[Together * Chains];
        ref float chains = ref MemoryMarshal.GetReference(room);
        nuint channels = Together * (nuint)TLanes.Count / Group(batch);
        bool areWhole = true;
        for (nuint channel = first; channel < end; channel += channels)
        {
            batch.Samples.Begin(ref chains, (int)channels);
            SumTogether<TTerm, TLanes>(term, batch, channel, end - 1, ref chains);
            areWhole = batch.Samples.End(ref chains, (int)channels);
            for (nuint c = 0; areWhole && c < nuint.Min(channels, end - channel); c++)
                Unsafe.Add(ref sums, channel - first + c) = Fold(ref Unsafe.Add(ref chains, c * Chains));
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

    /// <summary>The samples that are a vector for every chain, or as many as a smaller block has.</summary>
    private static nuint Group(in ChannelBatch batch) => nuint.Min(Chains, batch.Block);

    /// <summary>The chains of the channels that four vectors hold; those behind the last are the last again.</summary>
    private static void SumTogether<TTerm, TLanes>(in TTerm term, in ChannelBatch batch, nuint channel, nuint last, ref float chains)
        where TTerm : struct, IChainTerm<TTerm>, allows ref struct
        where TLanes : struct, ILanes<TLanes>
    {
        nuint width = (nuint)TLanes.Count, group = Group(batch), step = batch.Channels * batch.Block;
        (nuint l1, nuint l2, nuint l3) = (width % group, 2 * width % group, 3 * width % group);
        nuint c1 = nuint.Min(channel + (width / group), last), c2 = nuint.Min(channel + (2 * width / group), last);
        nuint c3 = nuint.Min(channel + (3 * width / group), last);
        TTerm t0 = term.Of(channel), t1 = term.Of(c1), t2 = term.Of(c2), t3 = term.Of(c3);
        nuint o0 = channel * batch.Block, o1 = (c1 * batch.Block) + l1, o2 = (c2 * batch.Block) + l2, o3 = (c3 * batch.Block) + l3;
        nuint p1 = (width / group * Chains) + l1, p2 = (2 * width / group * Chains) + l2, p3 = (3 * width / group * Chains) + l3;
        TLanes s0 = TLanes.Load(ref chains, 0), s1 = TLanes.Load(ref chains, p1), s2 = TLanes.Load(ref chains, p2), s3 = TLanes.Load(ref chains, p3);

        for (nuint b = batch.Samples.First; b < batch.Samples.Stop; b += group)
        {
            nuint sample = b % batch.Block, index = ((b - sample) * batch.Positions * batch.Channels) + sample;
            nuint end = index + (batch.Positions * step), rest = batch.Samples.Stop - b;
            if (rest >= group)
            {
                for (; index < end; index += step)
                {
                    s0 = t0.Add(s0, index + o0);
                    s1 = t1.Add(s1, index + o1);
                    s2 = t2.Add(s2, index + o2);
                    s3 = t3.Add(s3, index + o3);
                }

                continue;
            }

            TLanes m0 = Existing<TLanes>(rest, 0), m1 = Existing<TLanes>(rest, l1), m2 = Existing<TLanes>(rest, l2), m3 = Existing<TLanes>(rest, l3);
            for (; index < end; index += step)
            {
                s0 = TLanes.Select(m0, t0.Add(s0, index + o0), s0);
                s1 = TLanes.Select(m1, t1.Add(s1, index + o1), s1);
                s2 = TLanes.Select(m2, t2.Add(s2, index + o2), s2);
                s3 = TLanes.Select(m3, t3.Add(s3, index + o3), s3);
            }
        }

        s0.Store(ref chains, 0);
        s1.Store(ref chains, p1);
        s2.Store(ref chains, p2);
        s3.Store(ref chains, p3);
    }

    /// <summary>The lanes from a sample of the group on that exist.</summary>
    private static TLanes Existing<TLanes>(nuint rest, nuint lane)
        where TLanes : struct, ILanes<TLanes>
        => LaneMask.First<TLanes>(rest - nuint.Min(rest, lane));
}
