using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>A leaky relu with learned slopes, as the numeric contract states it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer: C channels, P positions.</param>
/// <param name="offset">Where its slopes, (C), begin among the row-major parameters.</param>
internal sealed class ReferencePRelu<T>(PReluSpec spec, int offset) : ReferenceLayer<T>(spec, offset)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _channels = spec.Input.Channels;

    private int Slope(int element) => Offset + (element % _channels);

    /// <summary>y[b, p, c] = z ≤ 0 ? slope[c] · z : z.</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        T[] z = pass.Input(Spec);
        var y = new T[z.Length];
        for (int i = 0; i < y.Length; i++)
            y[i] = z[i] <= T.Zero ? pass.Parameters[Slope(i)] * z[i] : z[i];
        return y;
    }

    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        T[] z = pass.Input(Spec);
        for (int c = 0; c < _channels; c++)
            pass.ParameterGradients[Slope(c)] = SlopeGradient(z, dy, c, pass.Count);

        int source = Spec.Sources[0];
        if (!pass.NeedsGradient(source))
            return;

        for (int i = 0; i < dy.Length; i++)
            dy[i] = z[i] <= T.Zero ? pass.Parameters[Slope(i)] * dy[i] : dy[i];
        pass.AddGradient(source, dy);
    }

    /// <summary>∂slope[c] = Σ ∂y[b, p, c] · z[b, p, c] where z ≤ 0.</summary>
    private T SlopeGradient(T[] z, T[] dy, int c, int count)
        => ReferenceChains<T>.Sum(count, spec.Input.Positions, (sum, b, p) =>
        {
            int i = (((b * spec.Input.Positions) + p) * _channels) + c;
            return z[i] <= T.Zero ? T.FusedMultiplyAdd(dy[i], z[i], sum) : sum;
        });
}
