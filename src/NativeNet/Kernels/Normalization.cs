using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Inputs less their means, divided by their deviations.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Normalization
{
    /// <summary>y = (x − mean[c]) / deviation[c].</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(positions, channels, block).</param>
    /// <param name="y">(positions, channels, block), overwritten; not x.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side; the channels of one sample lie in lanes.</param>
    public static void Forward<TLanes>(ref float x, ref float y, ref float parameters, in NormalizationShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint run = (nuint)(shape.Channels * block);
        ref float mean = ref Unsafe.Add(ref parameters, shape.Mean), deviation = ref Unsafe.Add(ref parameters, shape.Deviation);
        for (int p = 0; p < shape.Positions; p++)
        {
            for (nuint i = 0; i < run; i += (nuint)TLanes.Count)
                ((TLanes.Load(ref x, i) - OfFeature<TLanes>(ref mean, i, block)) / OfFeature<TLanes>(ref deviation, i, block)).Store(ref y, i);

            x = ref Unsafe.Add(ref x, run);
            y = ref Unsafe.Add(ref y, run);
        }
    }

    /// <summary>The values of a vector: one for all samples of a feature, or one a feature where lanes are features.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes OfFeature<TLanes>(ref float values, nuint index, int block)
        where TLanes : struct, ILanes<TLanes>
        => block == 1 ? TLanes.Load(ref values, index) : TLanes.Create(Unsafe.Add(ref values, index / (nuint)block));
}
