using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>A residual connection as the numeric contract states it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
internal sealed class ReferenceAdd<T>(AddSpec spec) : ReferenceLayer<T>(spec, offset: 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y = x + (the earlier layer's output).</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
    {
        T[] x = pass.Input(Spec), earlier = pass.Output(spec.From);
        var y = new T[x.Length];
        for (int i = 0; i < y.Length; i++)
            y[i] = x[i] + earlier[i];
        return y;
    }

    /// <summary>Both take the gradient as it is: each a copy, since sums of gradients are formed in place.</summary>
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
