using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Biases by themselves: one for all positions of a channel, or one a unit.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BiasUpdate
{
    private const int ChannelsATile = 64;

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
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static void Apply<TRule, TLanes>(
        in TRule rule, ref float gradient, ChannelBatch batch, ref float tile, ref float parameters, ref float state, nuint index, nuint length)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        var term = new ValueTerm(ref gradient);
        for (nuint first = 0; first < batch.Channels; first += ChannelsATile)
        {
            nuint end = nuint.Min(first + ChannelsATile, batch.Channels);
            MemoryMarshal.CreateSpan(ref tile, ChannelsATile).Clear();
            if (ChainFold.Sum<ValueTerm, TLanes>(term, batch, first, end, ref tile))
                ApplySums(in rule, end - first, ref tile, ref parameters, ref state, index + first, length);
        }
    }

    /// <summary>Applies a rule to sums that are 16 chains each.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="chains">(channels, 16).</param>
    /// <param name="channels">The channels, at most 64.</param>
    /// <param name="tile">A thread's scratch.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="state">The state buffer.</param>
    /// <param name="index">The first of their biases.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static void ApplyChains<TRule>(
        in TRule rule, ref float chains, nuint channels, ref float tile, ref float parameters, ref float state, nuint index, nuint length)
        where TRule : struct, IUpdateRule<TRule>
    {
        MemoryMarshal.CreateSpan(ref tile, ChannelsATile).Clear();
        SampleChains.Fold(ref chains, 1, ChannelsATile, (int)channels, ref tile);
        ApplySums(in rule, channels, ref tile, ref parameters, ref state, index, length);
    }

    /// <summary>Applies a rule to ∂bias[n] = Σ ∂z over samples in rows, as dense layers have them.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="gradient">(count, units), with zeros behind the units.</param>
    /// <param name="stride">Floats from sample to sample.</param>
    /// <param name="units">The units, a multiple of 4 with those zeros.</param>
    /// <param name="count">The samples.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="state">The state buffer.</param>
    /// <param name="index">The first bias.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static void ApplyRows<TRule>(
        in TRule rule, ref float gradient, nuint stride, nuint units, nuint count, ref float parameters, ref float state, nuint index, nuint length)
        where TRule : struct, IUpdateRule<TRule>
    {
        TRule ofVectors = TRule.ForVectors(in rule);
        for (nuint n = 0; n < units; n += (nuint)Lanes128.Count)
        {
            Lanes128 sum = Lanes128.Create(0);
            for (nuint b = 0; b < count; b++)
                sum += Lanes128.Load(ref gradient, (b * stride) + n);
            ParameterUpdate.Apply(in ofVectors, sum, ref parameters, ref state, index + n, length);
        }
    }

    /// <summary>Applies a rule to the gradients of a few channels, behind which are zeros.</summary>
    private static void ApplySums<TRule>(in TRule rule, nuint channels, ref float sums, ref float parameters, ref float state, nuint index, nuint length)
        where TRule : struct, IUpdateRule<TRule>
        => ParameterUpdate.Apply<TRule, Lanes128>(TRule.ForVectors(in rule), ref sums, 1, (channels + 3) / 4 * 4, ref parameters, ref state, index, 0, length);
}
