using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>Batch normalization as the numeric contract states it, channel by channel.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
/// <param name="offset">
/// Where its tensors begin among the row-major parameters: weights, biases, running means and running variances, (C) each.
/// </param>
internal sealed class ReferenceBatchNorm<T>(BatchNormSpec spec, int offset) : ReferenceLayer<T>(spec, offset)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _channels = spec.Input.Channels;
    private readonly int _positions = spec.Input.Positions;

    private int Weight(int c) => Offset + c;

    private int Bias(int c) => Offset + _channels + c;

    private int RunningMean(int c) => Offset + (2 * _channels) + c;

    private int RunningVariance(int c) => Offset + (3 * _channels) + c;

    private int At(int b, int p, int c) => (((b * _positions) + p) * _channels) + c;

    /// <summary>y = x̂ · weight + bias, x̂ = (x − mean) / √(variance + ε): the batch's moments in training unless it is frozen, else the running ones.</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        T[] x = pass.Input(Spec);
        var y = new T[x.Length];
        for (int c = 0; c < _channels; c++)
        {
            (T mean, T variance) = pass.Draw is null || spec.IsFixed
                ? (pass.Parameters[RunningMean(c)], pass.Parameters[RunningVariance(c)])
                : Moments(x, pass.Count, c);
            T inverse = Inverse(variance);
            for (int i = c; i < x.Length; i += _channels)
                y[i] = T.FusedMultiplyAdd((x[i] - mean) * inverse, pass.Parameters[Weight(c)], pass.Parameters[Bias(c)]);
        }

        return y;
    }

    /// <summary>
    /// ∂weight = Σ ∂y · x̂ and ∂bias = Σ ∂y over the batch and the positions, and with their means
    /// ∂x = (∂y − mean(∂y) − x̂ · mean(∂y · x̂)) · weight / √(variance + ε): the moments depend on every x too.
    /// </summary>
    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        if (spec.IsFixed)
        {
            BackwardFixed(pass, dy);
            return;
        }

        T[] x = pass.Input(Spec);
        var dx = new T[x.Length];
        T terms = Terms(pass.Count);
        for (int channel = 0; channel < _channels; channel++)
        {
            int c = channel;
            (T mean, T variance) = Moments(x, pass.Count, c);
            T inverse = Inverse(variance);
            T biasGradient = ReferenceChains<T>.Sum(pass.Count, _positions, (sum, b, p) => sum + dy[At(b, p, c)]);
            T weightGradient = ReferenceChains<T>.Sum(
                pass.Count, _positions, (sum, b, p) => T.FusedMultiplyAdd(dy[At(b, p, c)], (x[At(b, p, c)] - mean) * inverse, sum));
            pass.ParameterGradients[Weight(c)] = weightGradient;
            pass.ParameterGradients[Bias(c)] = biasGradient;

            (T center, T slope, T factor) = (biasGradient / terms, weightGradient / terms, pass.Parameters[Weight(c)] * inverse);
            for (int i = c; i < x.Length; i += _channels)
                dx[i] = T.FusedMultiplyAdd(-((x[i] - mean) * inverse), slope, dy[i] - center) * factor;
        }

        if (pass.NeedsGradient(Spec.Sources[0]))
            pass.AddGradient(Spec.Sources[0], dx);
    }

    /// <summary>∂bias = Σ ∂y, and ∂x = ∂y · (weight / √(variance + ε)): running averages depend on no x.</summary>
    private void BackwardFixed(ReferencePass<T> pass, T[] dy)
    {
        var dx = new T[dy.Length];
        for (int channel = 0; channel < _channels; channel++)
        {
            int c = channel;
            pass.ParameterGradients[Bias(c)] = ReferenceChains<T>.Sum(pass.Count, _positions, (sum, b, p) => sum + dy[At(b, p, c)]);
            T factor = pass.Parameters[Weight(c)] * Inverse(pass.Parameters[RunningVariance(c)]);
            for (int i = c; i < dx.Length; i += _channels)
                dx[i] = dy[i] * factor;
        }

        if (pass.NeedsGradient(Spec.Sources[0]))
            pass.AddGradient(Spec.Sources[0], dx);
    }

    /// <summary>r = r + momentum · (s − r), s the batch's mean and its variance as an estimate of all samples'.</summary>
    /// <inheritdoc/>
    public override void UpdateRunningAverages(ReferencePass<T> pass, Span<T> parameters)
    {
        if (spec.IsFixed)
            return;

        T[] x = pass.Input(Spec);
        T momentum = T.CreateChecked(spec.Momentum);
        T others = T.CreateChecked(Math.Max((pass.Count * _positions) - 1, 1));
        for (int c = 0; c < _channels; c++)
        {
            (T mean, _) = Moments(x, pass.Count, c);
            T estimate = SumOfSquares(x, pass.Count, c, mean) / others;
            ref T runningMean = ref parameters[RunningMean(c)], runningVariance = ref parameters[RunningVariance(c)];
            runningMean = T.FusedMultiplyAdd(momentum, mean - runningMean, runningMean);
            runningVariance = T.FusedMultiplyAdd(momentum, estimate - runningVariance, runningVariance);
        }
    }

    /// <summary>Over the batch and the positions of a channel: mean = Σ x / M, variance = Σ (x − mean)² / M.</summary>
    private (T Mean, T Variance) Moments(T[] x, int count, int c)
    {
        T mean = ReferenceChains<T>.Sum(count, _positions, (sum, b, p) => sum + x[At(b, p, c)]) / Terms(count);
        return (mean, SumOfSquares(x, count, c, mean) / Terms(count));
    }

    private T SumOfSquares(T[] x, int count, int c, T mean) => ReferenceChains<T>.Sum(
        count, _positions, (sum, b, p) => T.FusedMultiplyAdd(x[At(b, p, c)] - mean, x[At(b, p, c)] - mean, sum));

    private T Inverse(T variance) => T.One / T.Sqrt(variance + T.CreateChecked(spec.Epsilon));

    /// <summary>M, the values of a channel in a batch.</summary>
    private T Terms(int count) => T.CreateChecked(count * _positions);
}
