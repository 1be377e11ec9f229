using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Layer normalization: every position of every sample gets mean 0 and variance 1 over its channels.</summary>
/// <remarks>Lanes lie over the samples of a block; for a block of one sample <see cref="LayerNormSingle"/> lays them over channels.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LayerNorm
{
    /// <summary>The channels whose gradients are gathered before they are handed to the rule.</summary>
    private const int TileChannels = 16;

    /// <summary>y = x̂ · weight + bias.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(positions, channels, block).</param>
    /// <param name="y">(positions, channels, block), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    public static void Forward<TLanes>(ref float x, ref float y, ref float parameters, in NormShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        if (block == 1)
        {
            LayerNormSingle.Forward<TLanes>(ref x, ref y, ref parameters, shape);
            return;
        }

        Span<float> room = stackalloc float[RowSum.PartialSums * TLanes.Count];
        ref float sums = ref MemoryMarshal.GetReference(room);
        ref float weight = ref Unsafe.Add(ref parameters, shape.Weight), bias = ref Unsafe.Add(ref parameters, shape.Bias);
        nuint stride = (nuint)block, run = (nuint)(shape.Channels * block), end = (nuint)shape.Positions * run;
        for (nuint start = 0; start < end; start += run)
        {
            for (nuint b = start; b < start + stride; b += (nuint)TLanes.Count)
            {
                ref float row = ref Unsafe.Add(ref x, b), output = ref Unsafe.Add(ref y, b);
                (TLanes mean, TLanes inverse) = Moments<TLanes>(ref row, stride, shape, ref sums);
                for (nuint c = 0; c < (nuint)shape.Channels; c++)
                {
                    TLanes normalized = (TLanes.Load(ref row, c * stride) - mean) * inverse;
                    TLanes.Fma(normalized, TLanes.Create(Unsafe.Add(ref weight, c)), TLanes.Create(Unsafe.Add(ref bias, c)))
                        .Store(ref output, c * stride);
                }
            }
        }
    }

    /// <summary>∂x = (g − mean(g) − x̂ · mean(g · x̂)) / deviation, where g = ∂y · weight.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(positions, channels, block).</param>
    /// <param name="dy">(positions, channels, block).</param>
    /// <param name="dx">(positions, channels, block), overwritten.</param>
    /// <param name="normalized">x̂, (positions, channels, block), overwritten for the update.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    public static void Backward<TLanes>(
        ref float x, ref float dy, ref float dx, ref float normalized, ref float parameters, in NormShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> room = stackalloc float[2 * RowSum.PartialSums * TLanes.Count];
        ref float sums = ref MemoryMarshal.GetReference(room);
        ref float slopes = ref Unsafe.Add(ref sums, RowSum.PartialSums * TLanes.Count);
        ref float weight = ref Unsafe.Add(ref parameters, shape.Weight);
        nuint stride = (nuint)block, run = (nuint)(shape.Channels * block), end = (nuint)shape.Positions * run;
        TLanes channels = TLanes.Create(shape.Channels);
        for (nuint start = 0; start < end; start += run)
        {
            for (nuint b = start; b < start + stride; b += (nuint)TLanes.Count)
            {
                ref float row = ref Unsafe.Add(ref x, b), values = ref Unsafe.Add(ref normalized, b);
                ref float above = ref Unsafe.Add(ref dy, b), below = ref Unsafe.Add(ref dx, b);
                (TLanes mean, TLanes inverse) = Moments<TLanes>(ref row, stride, shape, ref sums);

                PartialSums<TLanes>.Begin(ref sums, (nuint)shape.Channels);
                PartialSums<TLanes>.Begin(ref slopes, (nuint)shape.Channels);
                for (nuint c = 0; c < (nuint)shape.Channels; c++)
                {
                    TLanes value = (TLanes.Load(ref row, c * stride) - mean) * inverse;
                    TLanes g = TLanes.Load(ref above, c * stride) * TLanes.Create(Unsafe.Add(ref weight, c));
                    PartialSums<TLanes>.Add(ref sums, c, g);
                    PartialSums<TLanes>.AddProduct(ref slopes, c, g, value);
                    value.Store(ref values, c * stride);
                }

                TLanes center = PartialSums<TLanes>.Total(ref sums) / channels, slope = PartialSums<TLanes>.Total(ref slopes) / channels;
                for (nuint c = 0; c < (nuint)shape.Channels; c++)
                {
                    TLanes g = TLanes.Load(ref above, c * stride) * TLanes.Create(Unsafe.Add(ref weight, c));
                    (TLanes.Fma(-TLanes.Load(ref values, c * stride), slope, g - center) * inverse).Store(ref below, c * stride);
                }
            }
        }
    }

    /// <summary>∂weight[c] = Σ ∂y · x̂ and ∂bias[c] = Σ ∂y over batch and positions, applied for a share of the channels.</summary>
    /// <typeparam name="TRule">The update rule.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="dy">(blocks, positions, channels, block).</param>
    /// <param name="normalized">x̂, (blocks, positions, channels, block).</param>
    /// <param name="parameters">The parameter buffer, updated.</param>
    /// <param name="state">The state buffer, updated.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="tile">Scratch of 256 floats.</param>
    /// <param name="share">The channels, cut at <see cref="TileChannels"/>.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="samples">The samples that are summed.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static void Update<TRule, TLanes>(
        ref float dy, ref float normalized, ref float parameters, ref float state, in TRule rule, ref float tile,
        WorkRange share, in NormShape shape, int block, SampleShare samples, nuint length)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        var batch = new ChannelBatch((nuint)shape.Positions, (nuint)shape.Channels, (nuint)block, samples);
        ref float biases = ref Unsafe.Add(ref tile, TileChannels);
        for (nuint start = share.Start; start < share.End; start += TileChannels)
        {
            MemoryMarshal.CreateSpan(ref tile, 2 * TileChannels).Clear(); // padding stays 0
            nuint end = nuint.Min(start + TileChannels, share.End);
            if (!ChainFold.Sum<ProductTerm, TLanes>(new ProductTerm(ref dy, ref normalized), batch, start, end, ref tile, ref biases))
                continue;

            ParameterUpdate.Apply<TRule, TLanes>(TRule.ForVectors(in rule), ref tile, 1, TileChannels, ref parameters, ref state, (nuint)shape.Weight + start, 0, length);
            ParameterUpdate.Apply<TRule, TLanes>(TRule.ForVectors(in rule), ref biases, 1, TileChannels, ref parameters, ref state, (nuint)shape.Bias + start, 0, length);
        }
    }

    /// <summary>The mean of each row, and one over its deviation.</summary>
    private static (TLanes Mean, TLanes Inverse) Moments<TLanes>(ref float row, nuint stride, in NormShape shape, ref float sums)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes channels = TLanes.Create(shape.Channels);
        PartialSums<TLanes>.Begin(ref sums, (nuint)shape.Channels);
        for (nuint c = 0; c < (nuint)shape.Channels; c++)
            PartialSums<TLanes>.Add(ref sums, c, TLanes.Load(ref row, c * stride));
        TLanes mean = PartialSums<TLanes>.Total(ref sums) / channels;

        PartialSums<TLanes>.Begin(ref sums, (nuint)shape.Channels);
        for (nuint c = 0; c < (nuint)shape.Channels; c++)
        {
            TLanes distance = TLanes.Load(ref row, c * stride) - mean;
            PartialSums<TLanes>.AddProduct(ref sums, c, distance, distance);
        }

        TLanes variance = PartialSums<TLanes>.Total(ref sums) / channels;
        return (mean, TLanes.Create(1) / TLanes.Sqrt(variance + TLanes.Create(shape.Epsilon)));
    }
}
