using NativeNet.Description;
using NativeNet.Reference;

namespace NativeNet.Compiler.Tests.Planning;

/// <summary>The steps of a batch normalization as a program has them, apart, where the reference takes the whole batch at once.</summary>
/// <param name="norm">The layer.</param>
/// <param name="offset">Where its tensors begin among the row-major parameters.</param>
/// <param name="parameters">Row-major; the running averages are updated.</param>
internal sealed class BatchNormRun(BatchNormSpec norm, int offset, float[] parameters)
{
    private readonly int _channels = norm.Input.Channels;
    private readonly int _positions = norm.Input.Positions;

    /// <summary>Floats of one value a channel in the program's memory; set where that pads.</summary>
    public int Stride { get; init; } = norm.Input.Channels;

    /// <summary>What the program's batch normalization applies to its outputs.</summary>
    public ActivationSpec Activation { get; init; }

    /// <summary>Means, one over the deviations and estimates of the variance; two more stretches stay free for gradients.</summary>
    public float[] Statistics(float[] x, int count)
    {
        var statistics = new float[5 * _channels];
        for (int channel = 0; channel < _channels; channel++)
        {
            int c = channel;
            float terms = count * _positions;
            float mean = ReferenceChains<float>.Sum(count, _positions, (sum, b, p) => sum + x[At(b, p, c)]) / terms;
            float squares = ReferenceChains<float>.Sum(count, _positions, (sum, b, p) => MathF.FusedMultiplyAdd(x[At(b, p, c)] - mean, x[At(b, p, c)] - mean, sum));
            statistics[c] = mean;
            statistics[_channels + c] = 1 / MathF.Sqrt((squares / terms) + norm.Epsilon);
            statistics[(2 * _channels) + c] = squares / Math.Max((count * _positions) - 1, 1);
        }

        return Spread(statistics);
    }

    /// <summary>y = f(x̂ · weight + bias).</summary>
    public float[] Forward(float[] x, float[] statistics) => Activate([.. x.Select((value, i) => Sum(value, i, statistics))]);

    /// <summary>The activation of sums.</summary>
    public float[] Activate(float[] sums) => Activation.Kind == ActivationKind.None ? sums : [.. sums.Select(z => ReferenceActivation.Forward(Activation, z))];

    /// <summary>∂weight and ∂bias beside what is known of the batch.</summary>
    public float[] GradientStatistics(float[] x, float[] outputGradient, float[] statistics, int count)
    {
        int stride = statistics.Length / 5;
        float[] dy = TakeBack(x, outputGradient, statistics);
        for (int channel = 0; channel < _channels; channel++)
        {
            int c = channel;
            statistics[(3 * stride) + c] = ReferenceChains<float>.Sum(
                count, _positions, (sum, b, p) => MathF.FusedMultiplyAdd(dy[At(b, p, c)], Normalized(x[At(b, p, c)], c, statistics), sum));
            statistics[(4 * stride) + c] = ReferenceChains<float>.Sum(count, _positions, (sum, b, p) => sum + dy[At(b, p, c)]);
        }

        return statistics;
    }

    /// <summary>∂x = (∂y − mean(∂y) − x̂ · mean(∂y · x̂)) · weight / deviation.</summary>
    public float[] Backward(float[] x, float[] outputGradient, float[] statistics, int count)
    {
        int stride = statistics.Length / 5;
        float[] dy = TakeBack(x, outputGradient, statistics);
        float terms = count * _positions;
        return
        [
            .. x.Select((value, i) =>
            {
                int c = i % _channels;
                float center = statistics[(4 * stride) + c] / terms, slope = statistics[(3 * stride) + c] / terms;
                return MathF.FusedMultiplyAdd(-Normalized(value, c, statistics), slope, dy[i] - center) * (Parameter(0, i) * statistics[stride + c]);
            }),
        ];
    }

    public void UpdateRunningAverages(float[] statistics)
    {
        int stride = statistics.Length / 5;
        for (int c = 0; c < _channels; c++)
        {
            ref float mean = ref parameters[offset + (2 * _channels) + c], variance = ref parameters[offset + (3 * _channels) + c];
            mean = MathF.FusedMultiplyAdd(norm.Momentum, statistics[c] - mean, mean);
            variance = MathF.FusedMultiplyAdd(norm.Momentum, statistics[(2 * stride) + c] - variance, variance);
        }
    }

    private float[] TakeBack(float[] x, float[] dy, float[] statistics)
    {
        return Activation.Kind == ActivationKind.None ? dy : [.. dy.Select(Back)];

        float Back(float d, int i)
        {
            float z = Sum(x[i], i, statistics);
            return ReferenceActivation.Backward(Activation, z, ReferenceActivation.Forward(Activation, z), d);
        }
    }

    private float Sum(float value, int element, float[] statistics)
        => MathF.FusedMultiplyAdd(Normalized(value, element % _channels, statistics), Parameter(0, element), Parameter(1, element));

    private int At(int b, int p, int c) => (((b * _positions) + p) * _channels) + c;

    private float Parameter(int tensor, int element) => parameters[offset + (tensor * _channels) + (element % _channels)];

    private static float Normalized(float value, int c, float[] statistics) => (value - statistics[c]) * statistics[(statistics.Length / 5) + c];

    private float[] Spread(float[] statistics)
    {
        int stride = Stride;
        var spread = new float[5 * stride];
        for (int i = 0; i < 5; i++)
            statistics.AsSpan(i * _channels, _channels).CopyTo(spread.AsSpan(i * stride));
        return spread;
    }
}
