using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>What one element of a channel adds to a sum over a batch.</summary>
internal interface IChainTerm
{
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
/// <remarks>Lanes are chains, so a block's vectors are added as they lie; samples that do not exist are masked out.</remarks>
internal static class ChainFold
{
    private const int Chains = RowSum.PartialSums;

    /// <summary>The sum of one channel.</summary>
    /// <typeparam name="TTerm">What an element adds.</typeparam>
    /// <typeparam name="TLanes">The width, at most that of a block.</typeparam>
    /// <param name="term">The terms, over (blocks, positions, channels, samples of a block).</param>
    /// <param name="batch">How the batch lies.</param>
    /// <param name="channel">The channel.</param>
    public static float Sum<TTerm, TLanes>(in TTerm term, in ChannelBatch batch, nuint channel)
        where TTerm : struct, IChainTerm, allows ref struct
        where TLanes : struct, ILanes<TLanes>
    {
        nuint width = (nuint)TLanes.Count, group = nuint.Min(Chains, batch.Block), step = batch.Channels * batch.Block;
        TLanes s0 = TLanes.Create(0), s1 = s0, s2 = s0, s3 = s0;
        for (nuint b = 0; b < batch.Count; b += group)
        {
            nuint index = ((b - (b % batch.Block)) * batch.Positions * batch.Channels) + (channel * batch.Block) + (b % batch.Block);
            bool isWhole = b + group <= batch.Count;
            TLanes m0 = default, m1 = default, m2 = default, m3 = default;
            if (!isWhole)
                (m0, m1, m2, m3) = Masks<TLanes>(batch.Count - b);

            for (nuint position = 0; position < batch.Positions; position++, index += step)
            {
                s0 = Add(term, s0, index, isWhole, m0);
                if (width < group)
                    s1 = Add(term, s1, index + width, isWhole, m1);
                if (2 * width < group)
                {
                    s2 = Add(term, s2, index + (2 * width), isWhole, m2);
                    s3 = Add(term, s3, index + (3 * width), isWhole, m3);
                }
            }
        }

        Span<float> chains = stackalloc float[Chains];
        ref float first = ref MemoryMarshal.GetReference(chains);
        s0.Store(ref first, 0);
        if (width < Chains)
            s1.Store(ref first, width);
        if (2 * width < Chains)
        {
            s2.Store(ref first, 2 * width);
            s3.Store(ref first, 3 * width);
        }

        return Fold(ref first);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Add<TTerm, TLanes>(in TTerm term, TLanes sum, nuint index, bool isWhole, TLanes exists)
        where TTerm : struct, IChainTerm, allows ref struct
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes added = term.Add(sum, index);
        return isWhole ? added : TLanes.Select(exists, added, sum);
    }

    private static (TLanes, TLanes, TLanes, TLanes) Masks<TLanes>(nuint count)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint width = (nuint)TLanes.Count;
        return (Rest(0), Rest(1), Rest(2), Rest(3));

        TLanes Rest(nuint vector) => LaneMask.First<TLanes>(count - nuint.Min(count, vector * width));
    }
}
