using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

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
        var term = new ValueTerm(ref gradient);
        for (nuint first = 0; first < batch.Channels; first += ChannelsATile)
        {
            nuint end = nuint.Min(first + ChannelsATile, batch.Channels);
            MemoryMarshal.CreateSpan(ref tile, ChannelsATile).Clear();
            ChainFold.Sum<ValueTerm, TLanes>(term, batch, first, end, ref tile);
            ParameterUpdate.Apply<TRule, Lanes128>(TRule.ForVectors(in rule), ref tile, 1, (end - first + 3) / 4 * 4, ref parameters, ref state, index + first, 0, length);
        }
    }
}
