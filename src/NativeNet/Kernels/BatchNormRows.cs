using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Batch normalization of samples one behind the other, of one position each: lanes lie over channels, a multiple of 4.</summary>
/// <remarks>Where they do not fill whole vectors, vectors of four take them: what lies behind a sample's channels is left alone.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchNormRows
{
    /// <summary>The samples that share what is loaded of their channels.</summary>
    private const int Group = 8;

    /// <summary>y = f(x̂ · weight + bias), with the running averages.</summary>
    /// <typeparam name="TActivation">What is applied to y.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(count, channels).</param>
    /// <param name="y">(count, channels), overwritten; it may be <paramref name="x"/>.</param>
    /// <param name="stride">Floats from sample to sample, of both.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="count">The samples.</param>
    public static void Forward<TActivation, TLanes>(
        ref float x, ref float y, nuint stride, ref float parameters, in BatchNormShape shape, nuint count)
        where TActivation : struct, IFusedActivation
        where TLanes : struct, ILanes<TLanes>
    {
        if (!AreWholeVectors<TLanes>(shape))
        {
            Forward<TActivation, Lanes128>(ref x, ref y, stride, ref parameters, shape, count);
            return;
        }

        ref float means = ref Unsafe.Add(ref parameters, shape.RunningMean), variances = ref Unsafe.Add(ref parameters, shape.RunningVariance);
        TLanes epsilon = TLanes.Create(shape.Epsilon), one = TLanes.Create(1);
        for (nuint c = 0; c < (nuint)shape.Channels; c += (nuint)TLanes.Count)
        {
            TLanes inverse = one / TLanes.Sqrt(TLanes.Load(ref variances, c) + epsilon);
            Normalize<TActivation, TLanes>(ref x, ref y, stride, TLanes.Load(ref means, c), inverse, ref parameters, shape, c, count);
        }
    }

    /// <summary>y = f(x̂ · weight + bias), with the batch's moments.</summary>
    /// <typeparam name="TActivation">What is applied to y.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(count, channels).</param>
    /// <param name="y">(count, channels), overwritten; it may be <paramref name="x"/>.</param>
    /// <param name="stride">Floats from sample to sample, of both.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="statistics">The layer's statistics.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="count">The samples.</param>
    public static void TrainingForward<TActivation, TLanes>(
        ref float x, ref float y, nuint stride, ref float parameters, ref float statistics, in BatchNormShape shape, nuint count)
        where TActivation : struct, IFusedActivation
        where TLanes : struct, ILanes<TLanes>
    {
        if (!AreWholeVectors<TLanes>(shape))
        {
            TrainingForward<TActivation, Lanes128>(ref x, ref y, stride, ref parameters, ref statistics, shape, count);
            return;
        }

        var all = new BatchStatistics(ref statistics, shape.Channels);
        for (nuint first = 0; first < count; first += Group)
        {
            ref float from = ref Unsafe.Add(ref x, first * stride), to = ref Unsafe.Add(ref y, first * stride);
            for (nuint c = 0; c < (nuint)shape.Channels; c += (nuint)TLanes.Count)
            {
                Normalize<TActivation, TLanes>(
                    ref from, ref to, stride, TLanes.Load(ref all.Mean, c), TLanes.Load(ref all.Inverse, c), ref parameters, shape, c, nuint.Min(Group, count - first));
            }
        }
    }

    private static bool AreWholeVectors<TLanes>(in BatchNormShape shape)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Count == Lanes128.Count || shape.Channels % TLanes.Count == 0;

    /// <summary>A vector of channels of some samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Normalize<TActivation, TLanes>(
        ref float x, ref float y, nuint stride, TLanes mean, TLanes inverse, ref float parameters, in BatchNormShape shape, nuint channel, nuint count)
        where TActivation : struct, IFusedActivation
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes weight = TLanes.Load(ref parameters, (nuint)shape.Weight + channel), bias = TLanes.Load(ref parameters, (nuint)shape.Bias + channel);
        for (nuint i = channel, end = channel + (count * stride); i < end; i += stride)
            TActivation.Forward(TLanes.Fma((TLanes.Load(ref x, i) - mean) * inverse, weight, bias)).Store(ref y, i);
    }
}
