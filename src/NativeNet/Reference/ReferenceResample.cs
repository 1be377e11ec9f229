using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>Positions of the input, repeated or left out, as the numeric contract states it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
internal sealed class ReferenceResample<T>(ResampleSpec spec) : ReferenceLayer<T>(spec, offset: 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ResampleAxis _down = spec.Vertical, _across = spec.Horizontal;
    private readonly int _channels = spec.Input.Channels;

    /// <summary>y[oy, ox, c] = x[iy, ix, c], where output (oy, ox) shows (iy, ix).</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        T[] x = pass.Input(Spec);
        var y = new T[pass.Count * Spec.Output.Length];
        for (int i = 0; i < y.Length; i++)
            y[i] = x[Shown(i)];
        return y;
    }

    /// <summary>∂x[iy, ix, c] = Σ ∂y[oy, ox, c] over the outputs that show (iy, ix), rows, then columns ascending, from +0.</summary>
    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        int source = Spec.Sources[0];
        if (!pass.NeedsGradient(source))
            return;

        var dx = new T[pass.Input(Spec).Length];
        for (int i = 0; i < dy.Length; i++)
            dx[Shown(i)] += dy[i];
        pass.AddGradient(source, dx);
    }

    /// <summary>The element of the input that an element of the output shows.</summary>
    private int Shown(int element)
    {
        (int rest, int c) = int.DivRem(element, _channels);
        (rest, int ox) = int.DivRem(rest, _across.Output);
        (int b, int oy) = int.DivRem(rest, _down.Output);
        return (((((b * _down.Input) + _down.Position(oy)) * _across.Input) + _across.Position(ox)) * _channels) + c;
    }
}
