using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>A sum of layers as the numeric contract states it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
internal sealed class ReferenceAdd<T>(AddSpec spec) : ReferenceLayer<T>(spec, offset: 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y = (x₀ + x₁) + x₂ …</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        T[] y = [.. pass.Input(Spec)];
        foreach (int source in Spec.Sources.Skip(1))
        {
            T[] x = pass.Output(source);
            for (int i = 0; i < y.Length; i++)
                y[i] += x[i];
        }

        return y;
    }

    /// <summary>All take the gradient as it is: each a copy, since sums of gradients are formed in place.</summary>
    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        foreach (int source in Spec.Sources)
        {
            if (pass.NeedsGradient(source))
                pass.AddGradient(source, [.. dy]);
        }
    }
}
