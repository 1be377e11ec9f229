using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Batch normalization of one sample by the running averages: lanes lie over channels.</summary>
/// <remarks>
/// Vectors of channels are taken from the last to the first, and positions within them: what the last vector writes behind a
/// position's channels is overwritten by the first vector of the next, or lies behind the sample.
/// </remarks>
internal static class BatchNormSingle
{
    /// <summary>y = f(x̂ · weight + bias).</summary>
    /// <typeparam name="TActivation">What is applied to y.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(positions, channels), with room for a vector behind it.</param>
    /// <param name="y">(positions, channels), overwritten, with room for a vector behind it.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    public static void Forward<TActivation, TLanes>(ref float x, ref float y, ref float parameters, in BatchNormShape shape)
        where TActivation : struct, IFusedActivation
        where TLanes : struct, ILanes<TLanes>
    {
        int width = TLanes.Count;
        for (int c = (shape.Channels - 1) / width * width; c >= 0; c -= width)
        {
            TLanes mean = Load<TLanes>(ref parameters, shape.RunningMean + c), weight = Load<TLanes>(ref parameters, shape.Weight + c);
            TLanes variance = Load<TLanes>(ref parameters, shape.RunningVariance + c), bias = Load<TLanes>(ref parameters, shape.Bias + c);
            TLanes inverse = TLanes.Create(1) / TLanes.Sqrt(variance + TLanes.Create(shape.Epsilon));
            for (int position = 0; position < shape.Positions; position++)
            {
                nuint i = (nuint)((position * shape.Channels) + c);
                TActivation.Forward(TLanes.Fma((TLanes.Load(ref x, i) - mean) * inverse, weight, bias)).Store(ref y, i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Load<TLanes>(ref float parameters, int offset)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Load(ref parameters, (nuint)offset);
}
