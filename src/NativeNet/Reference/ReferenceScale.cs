using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>Fixed factors as the numeric contract states them.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
internal sealed class ReferenceScale<T>(ScaleSpec spec) : ReferenceLayer<T>(spec, offset: 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _factors = [.. spec.Factors.Select(T.CreateChecked)];

    /// <summary>y = x · factor[c].</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass) => Multiply(pass.Input(Spec));

    /// <summary>∂x = ∂y · factor[c].</summary>
    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        if (pass.NeedsGradient(Spec.Sources[0]))
            pass.AddGradient(Spec.Sources[0], Multiply(dy));
    }

    private T[] Multiply(T[] values) => [.. values.Select((value, i) => value * _factors[i % _factors.Length])];
}
