using System.Numerics;
using NativeNet.Description;
using NativeNet.Numerics;

namespace NativeNet.Reference;

/// <summary>Layer normalization as the numeric contract states it: one row is the C channels of one position of one sample.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
/// <param name="offset">Where its tensors begin among the row-major parameters: weights (C), then biases (C).</param>
internal sealed class ReferenceLayerNorm<T>(LayerNormSpec spec, int offset) : ReferenceLayer<T>(spec, offset)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _channels = spec.Input.Channels;
    private readonly int _positions = spec.Input.Positions;

    private int Weight(int c) => Offset + c;

    private int Bias(int c) => Offset + _channels + c;

    /// <summary>y[c] = x̂[c] · weight[c] + bias[c] for every row.</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        T[] x = pass.Input(Spec);
        var y = new T[x.Length];
        for (int row = 0; row < x.Length; row += _channels)
        {
            (T[] normalized, _) = Normalize(x.AsSpan(row, _channels));
            for (int c = 0; c < _channels; c++)
                y[row + c] = T.FusedMultiplyAdd(normalized[c], pass.Parameters[Weight(c)], pass.Parameters[Bias(c)]);
        }

        return y;
    }

    /// <summary>∂x = (g − mean(g) − x̂ · mean(g · x̂)) / deviation for every row, where g = ∂y · weight.</summary>
    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        T[] x = pass.Input(Spec);
        var normalized = new T[x.Length];
        var dx = new T[x.Length];
        for (int row = 0; row < x.Length; row += _channels)
        {
            (T[] values, T inverse) = Normalize(x.AsSpan(row, _channels));
            values.CopyTo(normalized, row);

            var g = new T[_channels];
            for (int c = 0; c < _channels; c++)
                g[c] = dy[row + c] * pass.Parameters[Weight(c)];

            T mean = RowSum.Of<T>(g) / T.CreateChecked(_channels);
            T slope = RowSum.OfProducts<T>(g, values) / T.CreateChecked(_channels);
            for (int c = 0; c < _channels; c++)
                dx[row + c] = T.FusedMultiplyAdd(-values[c], slope, g[c] - mean) * inverse;
        }

        BackwardParameters(pass, normalized, dy);
        if (pass.NeedsGradient(Spec.Sources[0]))
            pass.AddGradient(Spec.Sources[0], dx);
    }

    /// <summary>x̂ = (x − mean) / √(variance + ε), and one over that deviation.</summary>
    private (T[] Values, T Inverse) Normalize(ReadOnlySpan<T> row)
    {
        T mean = RowSum.Of(row) / T.CreateChecked(_channels);
        var values = new T[_channels];
        for (int c = 0; c < _channels; c++)
            values[c] = row[c] - mean;

        T variance = RowSum.OfProducts<T>(values, values) / T.CreateChecked(_channels);
        T inverse = T.One / T.Sqrt(variance + T.CreateChecked(spec.Epsilon));
        for (int c = 0; c < _channels; c++)
            values[c] *= inverse;
        return (values, inverse);
    }

    /// <summary>∂weight[c] = Σ ∂y · x̂ and ∂bias[c] = Σ ∂y over the batch and the positions, in 16 chains.</summary>
    private void BackwardParameters(ReferencePass<T> pass, T[] normalized, T[] dy)
    {
        for (int channel = 0; channel < _channels; channel++)
        {
            int c = channel;
            pass.ParameterGradients[Weight(c)] = ReferenceChains<T>.Sum(
                pass.Count, _positions, (sum, b, p) => T.FusedMultiplyAdd(dy[At(b, p, c)], normalized[At(b, p, c)], sum));
            pass.ParameterGradients[Bias(c)] = ReferenceChains<T>.Sum(
                pass.Count, _positions, (sum, b, p) => sum + dy[At(b, p, c)]);
        }

        int At(int b, int p, int c) => (((b * _positions) + p) * _channels) + c;
    }
}
