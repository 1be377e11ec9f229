using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Softmax over the channels of every position.</summary>
/// <remarks>Lanes lie over the samples of a block; for a block of one sample they lie over channels.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Softmax
{
    /// <summary>y[c] = e[c] / Σ e with e[c] = exp(x[c] − max(x)).</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(positions, channels, block); for one sample with room for a vector behind it.</param>
    /// <param name="y">(positions, channels, block), overwritten, likewise.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    public static void Forward<TLanes>(ref float x, ref float y, in RowShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        if (block == 1)
        {
            ForwardSingle<TLanes>(ref x, ref y, shape);
            return;
        }

        Span<float> room = stackalloc float[RowSum.PartialSums * TLanes.Count];
        ref float sums = ref MemoryMarshal.GetReference(room);
        nuint stride = (nuint)block, run = (nuint)(shape.Channels * block), end = (nuint)shape.Positions * run;
        for (nuint start = 0; start < end; start += run)
        {
            for (nuint b = start; b < start + stride; b += (nuint)TLanes.Count)
            {
                ref float row = ref Unsafe.Add(ref x, b), output = ref Unsafe.Add(ref y, b);
                Exponentials<TLanes>(ref row, ref output, stride, (nuint)shape.Channels, ref sums);
                TLanes sum = PartialSums<TLanes>.Total(ref sums);
                for (nuint c = 0; c < (nuint)shape.Channels; c++)
                    (TLanes.Load(ref output, c * stride) / sum).Store(ref output, c * stride);
            }
        }
    }

    /// <summary>∂x[c] = y[c] · (∂y[c] − Σ ∂y · y).</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="y">(positions, channels, block).</param>
    /// <param name="dy">(positions, channels, block).</param>
    /// <param name="dx">(positions, channels, block), overwritten.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    public static void Backward<TLanes>(ref float y, ref float dy, ref float dx, in RowShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> room = stackalloc float[RowSum.PartialSums * TLanes.Count];
        ref float sums = ref MemoryMarshal.GetReference(room);
        nuint stride = (nuint)block, run = (nuint)(shape.Channels * block), end = (nuint)shape.Positions * run;
        for (nuint start = 0; start < end; start += run)
        {
            for (nuint b = start; b < start + stride; b += (nuint)TLanes.Count)
            {
                ref float share = ref Unsafe.Add(ref y, b), above = ref Unsafe.Add(ref dy, b), below = ref Unsafe.Add(ref dx, b);
                PartialSums<TLanes>.Begin(ref sums, (nuint)shape.Channels);
                for (nuint c = 0; c < (nuint)shape.Channels; c++)
                    PartialSums<TLanes>.AddProduct(ref sums, c, TLanes.Load(ref above, c * stride), TLanes.Load(ref share, c * stride));

                TLanes mean = PartialSums<TLanes>.Total(ref sums);
                for (nuint c = 0; c < (nuint)shape.Channels; c++)
                    (TLanes.Load(ref share, c * stride) * (TLanes.Load(ref above, c * stride) - mean)).Store(ref below, c * stride);
            }
        }
    }

    /// <summary>e into the outputs' place, and its partial sums.</summary>
    private static void Exponentials<TLanes>(ref float row, ref float output, nuint stride, nuint channels, ref float sums)
        where TLanes : struct, ILanes<TLanes>
    {
        // Where a value is NaN the whole row becomes NaN, whichever of the two is kept.
        TLanes max = TLanes.Load(ref row, 0);
        for (nuint c = 1; c < channels; c++)
            max = TLanes.Max(TLanes.Load(ref row, c * stride), max);

        PartialSums<TLanes>.Begin(ref sums, channels);
        for (nuint c = 0; c < channels; c++)
        {
            TLanes exponential = Elementary.Exp(TLanes.Load(ref row, c * stride) - max);
            exponential.Store(ref output, c * stride);
            PartialSums<TLanes>.Add(ref sums, c, exponential);
        }
    }

    /// <summary>What the last vector of a position writes behind it is overwritten by the next, or lies behind the sample.</summary>
    private static void ForwardSingle<TLanes>(ref float x, ref float y, in RowShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> room = stackalloc float[RowSum.PartialSums];
        nuint channels = (nuint)shape.Channels;
        for (int position = 0; position < shape.Positions; position++)
        {
            float max = x;
            for (nuint c = 1; c < channels; c++)
                max = Unsafe.Add(ref x, c) > max ? Unsafe.Add(ref x, c) : max;

            for (nuint c = 0; c < channels; c += (nuint)TLanes.Count)
                Elementary.Exp(TLanes.Load(ref x, c) - TLanes.Create(max)).Store(ref y, c);
            float sum = RowLanes.Sum<TLanes>(ref y, channels, room);
            for (nuint c = 0; c < channels; c += (nuint)TLanes.Count)
                (TLanes.Load(ref y, c) / TLanes.Create(sum)).Store(ref y, c);

            x = ref Unsafe.Add(ref x, channels);
            y = ref Unsafe.Add(ref y, channels);
        }
    }
}
