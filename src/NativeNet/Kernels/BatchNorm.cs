using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Batch normalization: every channel gets mean 0 and variance 1 over the batch and its positions.</summary>
/// <remarks>
/// Rows of the batch wait for <see cref="Statistics"/>, and on the way back for <see cref="GradientStatistics"/>: phases of
/// their own, in which threads share the channels.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchNorm
{
    /// <summary>The channels whose factors are worked out together.</summary>
    private const int Group = 64;

    /// <summary>y = f(x̂ · weight + bias), with the running averages.</summary>
    /// <typeparam name="TActivation">What is applied to y.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(positions, channels, block).</param>
    /// <param name="y">(positions, channels, block), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    public static void Forward<TActivation, TLanes>(ref float x, ref float y, ref float parameters, in BatchNormShape shape, int block)
        where TActivation : struct, IFusedActivation
        where TLanes : struct, ILanes<TLanes>
    {
        if (block == 1)
        {
            BatchNormSingle.Forward<TActivation, TLanes>(ref x, ref y, ref parameters, shape);
            return;
        }

        Span<float> inverses = stackalloc float[Group];
        for (int start = 0; start < shape.Channels; start += Group)
        {
            int end = Math.Min(start + Group, shape.Channels);
            for (int c = start; c < end; c++)
                inverses[c - start] = Inverse(Unsafe.Add(ref parameters, shape.RunningVariance + c), shape);
            Normalize<TActivation, TLanes>(
                ref x, ref y, ref Unsafe.Add(ref parameters, shape.RunningMean + start), ref MemoryMarshal.GetReference(inverses),
                ref parameters, shape, start, end, block);
        }
    }

    /// <summary>∂x = ∂y · (weight / deviation), with the running averages, which depend on no x.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="dy">(positions, channels, block).</param>
    /// <param name="dx">(positions, channels, block), overwritten; it may be <paramref name="dy"/>.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    public static void FixedBackward<TLanes>(ref float dy, ref float dx, ref float parameters, in BatchNormShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> factors = stackalloc float[Group];
        for (int start = 0; start < shape.Channels; start += Group)
        {
            int channels = Math.Min(Group, shape.Channels - start);
            for (int c = 0; c < channels; c++)
                factors[c] = Unsafe.Add(ref parameters, shape.Weight + start + c) * Inverse(Unsafe.Add(ref parameters, shape.RunningVariance + start + c), shape);

            for (int position = 0; position < shape.Positions; position++)
            {
                nuint i = (nuint)((position * shape.Channels) + start) * (nuint)block;
                for (int c = 0; c < channels; c++)
                {
                    TLanes factor = TLanes.Create(factors[c]);
                    for (nuint end = i + (nuint)block; i < end; i += (nuint)TLanes.Count)
                        (TLanes.Load(ref dy, i) * factor).Store(ref dx, i);
                }
            }
        }
    }

    /// <summary>The moments of a share of the channels over the whole batch.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(blocks, positions, channels, block).</param>
    /// <param name="statistics">The layer's statistics, of which the moments are overwritten.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="samples">The samples that are summed.</param>
    /// <param name="share">The channels.</param>
    public static void Statistics<TLanes>(
        ref float x, ref float statistics, in BatchNormShape shape, int block, SampleShare samples, WorkRange share)
        where TLanes : struct, ILanes<TLanes>
    {
        var all = new BatchStatistics(ref statistics, shape.Channels);
        var batch = new ChannelBatch((nuint)shape.Positions, (nuint)shape.Channels, (nuint)block, samples);
        float terms = samples.Count * batch.Positions, others = nuint.Max((samples.Count * batch.Positions) - 1, 1);
        if (samples.Makes(0) && ChainFold.Sum<ValueTerm, TLanes>(new ValueTerm(ref x), batch, share.Start, share.End, ref Unsafe.Add(ref all.Mean, share.Start)))
        {
            for (nuint c = share.Start; c < share.End; c++)
                Unsafe.Add(ref all.Mean, c) /= terms;
        }

        var squares = new SquaredDistanceTerm(ref x, ref all.Mean);
        if (!samples.Makes(1) || !ChainFold.Sum<SquaredDistanceTerm, TLanes>(squares, batch, share.Start, share.End, ref Unsafe.Add(ref all.Estimate, share.Start)))
            return;

        for (nuint c = share.Start; c < share.End; c++)
        {
            float sum = Unsafe.Add(ref all.Estimate, c);
            Unsafe.Add(ref all.Inverse, c) = Inverse(sum / terms, shape);
            Unsafe.Add(ref all.Estimate, c) = sum / others;
        }
    }

    /// <summary>y = f(x̂ · weight + bias), with the batch's moments.</summary>
    /// <typeparam name="TActivation">What is applied to y.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(positions, channels, block).</param>
    /// <param name="y">(positions, channels, block), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="statistics">The layer's statistics.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    public static void TrainingForward<TActivation, TLanes>(
        ref float x, ref float y, ref float parameters, ref float statistics, in BatchNormShape shape, int block)
        where TActivation : struct, IFusedActivation
        where TLanes : struct, ILanes<TLanes>
    {
        var all = new BatchStatistics(ref statistics, shape.Channels);
        Normalize<TActivation, TLanes>(ref x, ref y, ref all.Mean, ref all.Inverse, ref parameters, shape, 0, shape.Channels, block);
    }

    /// <summary>∂weight = Σ ∂z · x̂ and ∂bias = Σ ∂z of a share of the channels over the whole batch, ∂z = ∂y · f'(z).</summary>
    /// <typeparam name="TActivation">What is applied to y.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(blocks, positions, channels, block).</param>
    /// <param name="dy">(blocks, positions, channels, block).</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="statistics">The layer's statistics, of which the gradients are overwritten.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="samples">The samples that are summed.</param>
    /// <param name="share">The channels.</param>
    public static void GradientStatistics<TActivation, TLanes>(
        ref float x, ref float dy, ref float parameters, ref float statistics, in BatchNormShape shape, int block, SampleShare samples, WorkRange share)
        where TActivation : struct, IFusedActivation
        where TLanes : struct, ILanes<TLanes>
    {
        var all = new BatchStatistics(ref statistics, shape.Channels);
        var batch = new ChannelBatch((nuint)shape.Positions, (nuint)shape.Channels, (nuint)block, samples);
        if (!samples.Makes(0))
            return;

        ref float weights = ref Unsafe.Add(ref parameters, shape.Weight), biases = ref Unsafe.Add(ref parameters, shape.Bias);
        bool areWhole = ChainFold.Sum<NormalizedProductTerm<TActivation>, TLanes>(
            new NormalizedProductTerm<TActivation>(ref dy, ref x, all, ref weights, ref biases), batch, share.Start, share.End,
            ref Unsafe.Add(ref all.WeightGradient, share.Start), ref Unsafe.Add(ref all.BiasGradient, share.Start));

        if (!areWhole || !share.HasLast(batch.Channels))
            return;

        int padding = (16 - (shape.Channels % 16)) % 16;
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref all.WeightGradient, batch.Channels), padding).Clear();
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref all.BiasGradient, batch.Channels), padding).Clear();
    }

    /// <summary>∂x = (∂z − mean(∂z) − x̂ · mean(∂z · x̂)) · weight / deviation, ∂z = ∂y · f'(z).</summary>
    /// <typeparam name="TActivation">What is applied to y.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(positions, channels, block).</param>
    /// <param name="dy">(positions, channels, block).</param>
    /// <param name="dx">(positions, channels, block), overwritten.</param>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="statistics">The layer's statistics.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    /// <param name="count">The samples of the batch.</param>
    public static void Backward<TActivation, TLanes>(
        ref float x, ref float dy, ref float dx, ref float parameters, ref float statistics, in BatchNormShape shape, int block, nuint count)
        where TActivation : struct, IFusedActivation
        where TLanes : struct, ILanes<TLanes>
    {
        var all = new BatchStatistics(ref statistics, shape.Channels);
        float terms = count * (nuint)shape.Positions;
        ref float weights = ref Unsafe.Add(ref parameters, shape.Weight), biases = ref Unsafe.Add(ref parameters, shape.Bias);
        Span<float> centers = stackalloc float[Group], slopes = stackalloc float[Group], factors = stackalloc float[Group];
        for (int start = 0; start < shape.Channels; start += Group)
        {
            int channels = Math.Min(Group, shape.Channels - start);
            for (int c = 0; c < channels; c++)
            {
                centers[c] = Unsafe.Add(ref all.BiasGradient, start + c) / terms;
                slopes[c] = Unsafe.Add(ref all.WeightGradient, start + c) / terms;
                factors[c] = Unsafe.Add(ref weights, start + c) * Unsafe.Add(ref all.Inverse, start + c);
            }

            for (int position = 0; position < shape.Positions; position++)
            {
                nuint i = (nuint)((position * shape.Channels) + start) * (nuint)block;
                for (int c = 0; c < channels; c++)
                {
                    TLanes mean = TLanes.Create(Unsafe.Add(ref all.Mean, start + c)), inverse = TLanes.Create(Unsafe.Add(ref all.Inverse, start + c));
                    TLanes center = TLanes.Create(centers[c]), slope = TLanes.Create(slopes[c]), factor = TLanes.Create(factors[c]);
                    TLanes weight = TLanes.Create(Unsafe.Add(ref weights, start + c)), bias = TLanes.Create(Unsafe.Add(ref biases, start + c));
                    for (nuint end = i + (nuint)block; i < end; i += (nuint)TLanes.Count)
                    {
                        TLanes normalized = (TLanes.Load(ref x, i) - mean) * inverse, dz = TLanes.Load(ref dy, i);
                        if (!TActivation.IsIdentity)
                            dz = TActivation.Backward(TLanes.Fma(normalized, weight, bias), dz);
                        (TLanes.Fma(-normalized, slope, dz - center) * factor).Store(ref dx, i);
                    }
                }
            }
        }
    }

    /// <summary>Applies the gradients of a share of the channels.</summary>
    /// <typeparam name="TRule">The update rule.</typeparam>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="statistics">The layer's statistics.</param>
    /// <param name="parameters">The parameter buffer, updated.</param>
    /// <param name="state">The state buffer, updated.</param>
    /// <param name="rule">The rule at this step.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="share">The channels, cut at multiples of 16.</param>
    /// <param name="length">The floats of the parameter buffer that are trained: the distance between stretches of state.</param>
    public static void Update<TRule, TLanes>(
        ref float statistics, ref float parameters, ref float state, in TRule rule, in BatchNormShape shape, WorkRange share, nuint length)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        var all = new BatchStatistics(ref statistics, shape.Channels);
        nuint columns = (share.End - share.Start + 15) / 16 * 16; // padding is 0 and stays that
        ParameterUpdate.Apply<TRule, TLanes>(
            TRule.ForVectors(in rule), ref Unsafe.Add(ref all.WeightGradient, share.Start), 1, columns, ref parameters, ref state, (nuint)shape.Weight + share.Start, 0, length);
        ParameterUpdate.Apply<TRule, TLanes>(
            TRule.ForVectors(in rule), ref Unsafe.Add(ref all.BiasGradient, share.Start), 1, columns, ref parameters, ref state, (nuint)shape.Bias + share.Start, 0, length);
    }

    /// <summary>Moves the running averages towards the batch's moments: r = fma(momentum, s − r, r).</summary>
    /// <param name="statistics">The layer's statistics.</param>
    /// <param name="parameters">The parameter buffer, updated.</param>
    /// <param name="shape">The layer.</param>
    public static void UpdateRunningAverages(ref readonly float statistics, ref float parameters, in BatchNormShape shape)
    {
        var all = new BatchStatistics(ref Unsafe.AsRef(in statistics), shape.Channels);
        for (int c = 0; c < shape.Channels; c++)
        {
            Move(ref Unsafe.Add(ref parameters, shape.RunningMean + c), Unsafe.Add(ref all.Mean, c), shape.Momentum);
            Move(ref Unsafe.Add(ref parameters, shape.RunningVariance + c), Unsafe.Add(ref all.Estimate, c), shape.Momentum);
        }

        static void Move(ref float average, float value, float momentum)
            => average = MathF.FusedMultiplyAdd(momentum, value - average, average);
    }

    /// <summary>y = f(x̂ · weight + bias) for the channels from start to end, whose moments begin at the references.</summary>
    private static void Normalize<TActivation, TLanes>(
        ref float x, ref float y, ref float means, ref float inverses, ref float parameters, in BatchNormShape shape, int start, int end, int block)
        where TActivation : struct, IFusedActivation
        where TLanes : struct, ILanes<TLanes>
    {
        ref float weights = ref Unsafe.Add(ref parameters, shape.Weight), biases = ref Unsafe.Add(ref parameters, shape.Bias);
        for (int position = 0; position < shape.Positions; position++)
        {
            nuint i = (nuint)((position * shape.Channels) + start) * (nuint)block;
            for (int c = start; c < end; c++)
            {
                TLanes mean = TLanes.Create(Unsafe.Add(ref means, c - start)), inverse = TLanes.Create(Unsafe.Add(ref inverses, c - start));
                TLanes weight = TLanes.Create(Unsafe.Add(ref weights, c)), bias = TLanes.Create(Unsafe.Add(ref biases, c));
                for (nuint stop = i + (nuint)block; i < stop; i += (nuint)TLanes.Count)
                    TActivation.Forward(TLanes.Fma((TLanes.Load(ref x, i) - mean) * inverse, weight, bias)).Store(ref y, i);
            }
        }
    }

    private static float Inverse(float variance, in BatchNormShape shape) => 1 / MathF.Sqrt(variance + shape.Epsilon);
}
