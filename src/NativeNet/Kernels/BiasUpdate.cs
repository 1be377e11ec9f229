using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;
using NativeNet.Training;

namespace NativeNet.Kernels;

/// <summary>The biases of a convolution: one for all positions of a channel.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BiasUpdate
{
    private const int ChannelsATile = 16;

    /// <summary>Applies a rule to ∂bias[n] = Σ ∂z over samples and positions.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TLanes">The width, at most that of a block.</typeparam>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="gradient">(blocks, positions, channels, samples of a block).</param>
    /// <param name="batch">How it lies.</param>
    /// <param name="tile">A thread's scratch.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="state">The state buffer.</param>
    /// <param name="index">The first bias.</param>
    /// <param name="length">The floats of the parameter buffer.</param>
    public static void Apply<TRule, TLanes>(
        in TRule rule, ref float gradient, ChannelBatch batch, ref float tile, ref float parameters, ref float state, nuint index, nuint length)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        ref float chains = ref Unsafe.Add(ref tile, SampleChains.Offset);
        for (nuint first = 0; first < batch.Channels; first += ChannelsATile)
        {
            nuint channels = nuint.Min(ChannelsATile, batch.Channels - first);
            Sum<TLanes>(ref Unsafe.Add(ref gradient, first * batch.Block), ref chains, batch, channels);
            MemoryMarshal.CreateSpan(ref tile, ChannelsATile).Clear();
            SampleChains.Fold(ref chains, 1, ChannelsATile, (int)channels, ref tile);
            ParameterUpdate.Apply<TRule, Lanes128>(in rule, ref tile, 1, (channels + 3) / 4 * 4, ref parameters, ref state, index + first, 0, length);
        }
    }

    private static void Sum<TLanes>(ref float gradient, ref float chains, in ChannelBatch batch, nuint channels)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint group = nuint.Min(RowSum.PartialSums, batch.Block), sampleLength = batch.Positions * batch.Channels;
        SampleChains.Clear(ref chains, ChannelsATile);
        for (nuint b = 0; b < batch.Count; b += group)
        {
            nuint sample = b % batch.Block, rest = batch.Count - b;
            ref float samples = ref Unsafe.Add(ref gradient, ((b - sample) * sampleLength) + sample);
            if (rest < group)
                SampleChains.Keep(ref chains, ChannelsATile, SampleChains.Offset);

            for (nuint lane = 0; lane < group; lane += (nuint)TLanes.Count)
            {
                for (nuint n = 0; n < channels; n += 4)
                    SumFour<TLanes>(ref Unsafe.Add(ref samples, (n * batch.Block) + lane), ref Unsafe.Add(ref chains, (n * 16) + lane), batch, channels - n);
            }

            if (rest < group)
                SampleChains.Restore(ref chains, ChannelsATile, SampleChains.Offset, rest);
        }
    }

    /// <summary>Four channels at once hide the latency of the additions; those that do not exist repeat the last.</summary>
    private static void SumFour<TLanes>(ref float gradient, ref float chains, in ChannelBatch batch, nuint channels)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint block = batch.Block, last = nuint.Min(channels, 4) - 1, step = batch.Channels * block;
        nuint second = nuint.Min(1, last), third = nuint.Min(2, last);
        TLanes s0 = TLanes.Load(ref chains, 0), s1 = TLanes.Load(ref chains, second * 16);
        TLanes s2 = TLanes.Load(ref chains, third * 16), s3 = TLanes.Load(ref chains, last * 16);
        for (nuint position = 0; position < batch.Positions; position++)
        {
            s0 += TLanes.Load(ref gradient, 0);
            s1 += TLanes.Load(ref gradient, second * block);
            s2 += TLanes.Load(ref gradient, third * block);
            s3 += TLanes.Load(ref gradient, last * block);
            gradient = ref Unsafe.Add(ref gradient, step);
        }

        s0.Store(ref chains, 0);
        s1.Store(ref chains, second * 16);
        s2.Store(ref chains, third * 16);
        s3.Store(ref chains, last * 16);
    }
}
