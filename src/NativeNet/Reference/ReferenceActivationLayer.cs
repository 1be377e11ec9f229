using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>A function of every element, as the numeric contract states it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
internal sealed class ReferenceActivationLayer<T>(ActivationLayerSpec spec) : ReferenceLayer<T>(spec, offset: 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y = f(z).</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass)
        => [.. pass.Input(Spec).Select(z => ReferenceActivation.Forward(spec.Activation, z))];

    /// <summary>∂z = ∂y · f'(z).</summary>
    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        int source = Spec.Sources[0];
        if (!pass.NeedsGradient(source))
            return;

        T[] z = pass.Input(Spec), y = pass.Output(Spec.Index);
        for (int i = 0; i < dy.Length; i++)
            dy[i] = ReferenceActivation.Backward(spec.Activation, z[i], y[i], dy[i]);
        pass.AddGradient(source, dy);
    }
}
