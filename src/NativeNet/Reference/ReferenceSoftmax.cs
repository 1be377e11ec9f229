using System.Numerics;
using NativeNet.Description;
using NativeNet.Numerics;

namespace NativeNet.Reference;

/// <summary>Softmax as the numeric contract states it: one row is the C channels of one position of one sample.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
internal sealed class ReferenceSoftmax<T>(SoftmaxSpec spec) : ReferenceLayer<T>(spec, offset: 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _channels = spec.Input.Channels;

    /// <summary>y[c] = e[c] / Σ e with e[c] = exp(x[c] − max(x)) for every row.</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        T[] y = [.. pass.Input(Spec)];
        for (int start = 0; start < y.Length; start += _channels)
        {
            Span<T> row = y.AsSpan(start, _channels);
            T max = row[0];
            foreach (T value in row)
                max = value > max ? value : max;

            foreach (ref T value in row)
                value = Functions<T>.Exp(value - max);
            T sum = RowSum.Of<T>(row);
            foreach (ref T value in row)
                value /= sum;
        }

        return y;
    }

    /// <summary>∂x[c] = y[c] · (∂y[c] − Σ ∂y · y) for every row.</summary>
    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        int source = Spec.Sources[0];
        if (!pass.NeedsGradient(source))
            return;

        T[] y = pass.Output(Spec.Index);
        for (int start = 0; start < y.Length; start += _channels)
        {
            Span<T> gradient = dy.AsSpan(start, _channels), share = y.AsSpan(start, _channels);
            T mean = RowSum.OfProducts<T>(gradient, share);
            for (int c = 0; c < _channels; c++)
                gradient[c] = share[c] * (gradient[c] - mean);
        }

        pass.AddGradient(source, dy);
    }
}
