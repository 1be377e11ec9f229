using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Layer normalization of one sample: lanes lie over channels, whose partial sums they are.</summary>
/// <remarks>The last vector of a position reaches over its channels: it is masked where it is summed, and what it writes there
/// is overwritten by the next position or lies behind the sample.</remarks>
internal static class LayerNormSingle
{
    /// <summary>y = x̂ · weight + bias.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(positions, channels), with room for a vector behind it.</param>
    /// <param name="y">(positions, channels), overwritten, with room for a vector behind it.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    public static void Forward<TLanes>(ref float x, ref float y, ref float parameters, in NormShape shape)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> room = stackalloc float[RowSum.PartialSums];
        ref float weight = ref Unsafe.Add(ref parameters, shape.Weight), bias = ref Unsafe.Add(ref parameters, shape.Bias);
        nuint channels = (nuint)shape.Channels;
        for (int position = 0; position < shape.Positions; position++)
        {
            float mean = RowLanes.Sum<TLanes>(ref x, channels, room) / shape.Channels;
            float variance = SumOfSquares(ref x, channels, TLanes.Create(mean), room) / shape.Channels;
            float inverse = 1 / MathF.Sqrt(variance + shape.Epsilon);
            for (nuint c = 0; c < channels; c += (nuint)TLanes.Count)
            {
                TLanes normalized = (TLanes.Load(ref x, c) - TLanes.Create(mean)) * TLanes.Create(inverse);
                TLanes.Fma(normalized, TLanes.Load(ref weight, c), TLanes.Load(ref bias, c)).Store(ref y, c);
            }

            x = ref Unsafe.Add(ref x, channels);
            y = ref Unsafe.Add(ref y, channels);
        }
    }

    private static float SumOfSquares<TLanes>(ref float row, nuint channels, TLanes mean, Span<float> room)
        where TLanes : struct, ILanes<TLanes>
    {
        room.Clear();
        ref float sums = ref MemoryMarshal.GetReference(room);
        for (nuint c = 0; c < channels; c += (nuint)TLanes.Count)
        {
            nuint p = c % RowSum.PartialSums;
            TLanes sum = TLanes.Load(ref sums, p), distance = TLanes.Load(ref row, c) - mean;
            TLanes.Select(LaneMask.First<TLanes>(channels - c), TLanes.Fma(distance, distance, sum), sum).Store(ref sums, p);
        }

        return ChainFold.Fold(ref sums);
    }
}
