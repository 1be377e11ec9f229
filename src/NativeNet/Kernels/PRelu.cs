using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>A leaky relu with one learned slope for each channel.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PRelu
{
    /// <summary>Channels whose gradients are gathered before they are applied: what every tensor has room for.</summary>
    private const int TileChannels = 16;

    /// <summary>y = z ≤ 0 ? slope[c] · z : z.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">(positions, channels, block).</param>
    /// <param name="y">(positions, channels, block), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side; the channels of one sample lie in lanes.</param>
    public static void Forward<TLanes>(ref float z, ref float y, ref float parameters, in SlopeShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
        => Scale<TLanes>(ref z, ref z, ref y, ref Unsafe.Add(ref parameters, shape.Slope), shape, block);

    /// <summary>∂z = z ≤ 0 ? slope[c] · ∂y : ∂y.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">(positions, channels, block).</param>
    /// <param name="dy">(positions, channels, block).</param>
    /// <param name="dz">(positions, channels, block), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    public static void Backward<TLanes>(ref float z, ref float dy, ref float dz, ref float parameters, in SlopeShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
        => Scale<TLanes>(ref z, ref dy, ref dz, ref Unsafe.Add(ref parameters, shape.Slope), shape, block);

    /// <summary>∂slope[c] = Σ ∂y · z where z ≤ 0, over samples and positions, applied at once.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="dy">(blocks, positions, channels, block).</param>
    /// <param name="z">(blocks, positions, channels, block).</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="state">The state buffer.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="tile">Scratch of 256 floats.</param>
    /// <param name="share">The channels.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="samples">The samples that are summed.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static void Update<TRule, TLanes>(
        ref float dy, ref float z, ref float parameters, ref float state, in TRule rule, ref float tile,
        WorkRange share, in SlopeShape shape, int block, SampleShare samples, nuint length)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        var term = new SlopeTerm(ref z, ref dy);
        var batch = new ChannelBatch((nuint)shape.Positions, (nuint)shape.Channels, (nuint)block, samples);
        for (nuint start = share.Start; start < share.End; start += TileChannels)
        {
            MemoryMarshal.CreateSpan(ref tile, TileChannels).Clear(); // padding stays 0
            if (ChainFold.Sum<SlopeTerm, TLanes>(term, batch, start, nuint.Min(start + TileChannels, share.End), ref tile))
                ParameterUpdate.Apply<TRule, TLanes>(TRule.ForVectors(in rule), ref tile, 1, TileChannels, ref parameters, ref state, (nuint)shape.Slope + start, 0, length);
        }
    }

    /// <summary>result = z ≤ 0 ? slope[c] · value : value.</summary>
    private static void Scale<TLanes>(ref float z, ref float value, ref float result, ref float slope, in SlopeShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint run = (nuint)(shape.Channels * block);
        for (int p = 0; p < shape.Positions; p++)
        {
            for (nuint i = 0; i < run; i += (nuint)TLanes.Count)
            {
                TLanes values = TLanes.Load(ref value, i), isLeft = TLanes.LessThanOrEqual(TLanes.Load(ref z, i), TLanes.Create(0f));
                TLanes.Select(isLeft, Slope<TLanes>(ref slope, i, block) * values, values).Store(ref result, i);
            }

            z = ref Unsafe.Add(ref z, run);
            value = ref Unsafe.Add(ref value, run);
            result = ref Unsafe.Add(ref result, run);
        }
    }

    /// <summary>The slopes of a vector: one for all samples of a channel, or one a channel where lanes are channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Slope<TLanes>(ref float slope, nuint index, int block)
        where TLanes : struct, ILanes<TLanes>
        => block == 1 ? TLanes.Load(ref slope, index) : TLanes.Create(Unsafe.Add(ref slope, index / (nuint)block));
}
