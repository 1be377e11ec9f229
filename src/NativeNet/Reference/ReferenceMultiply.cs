using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>A product of layers as the numeric contract states it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">The layer.</param>
internal sealed class ReferenceMultiply<T>(MultiplySpec spec) : ReferenceLayer<T>(spec, offset: 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y = (x₀ · x₁) · x₂ …</summary>
    /// <inheritdoc/>
    public override T[] Forward(ReferencePass<T> pass) => Times([.. pass.Input(Spec)], pass, except: 0);

    /// <summary>∂xᵢ = (∂y · x₀) · x₁ …, without xᵢ.</summary>
    /// <inheritdoc/>
    public override void Backward(ReferencePass<T> pass, T[] dy)
    {
        for (int operand = 0; operand < Spec.Sources.Count; operand++)
        {
            if (pass.NeedsGradient(Spec.Sources[operand]))
                pass.AddGradient(Spec.Sources[operand], Times([.. dy], pass, operand));
        }
    }

    /// <summary>Multiplies with all operands but one, in their order.</summary>
    private T[] Times(T[] product, ReferencePass<T> pass, int except)
    {
        for (int operand = 0; operand < Spec.Sources.Count; operand++)
        {
            T[] x = pass.Output(Spec.Sources[operand]);
            for (int i = 0; operand != except && i < product.Length; i++)
                product[i] *= x[i];
        }

        return product;
    }
}
