using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>Activations, forward next to backward.</summary>
internal static class ReferenceActivation
{
    /// <summary>y = f(z).</summary>
    public static T Forward<T>(ActivationSpec activation, T z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => activation.Kind switch
        {
            ActivationKind.Relu => z <= T.Zero ? T.Zero : z, // a NaN stays a NaN
            ActivationKind.LeakyRelu => z <= T.Zero ? T.CreateChecked(activation.NegativeSlope) * z : z,
            ActivationKind.Tanh => Functions<T>.Tanh(z),
            ActivationKind.Sigmoid => Functions<T>.Sigmoid(z),
            ActivationKind.Elu => z <= T.Zero ? Functions<T>.ExpMinusOne(z) : z,
            ActivationKind.Gelu or ActivationKind.Silu or ActivationKind.HardSwish => ReferenceGate.Forward(activation.Kind, z),
            ActivationKind.Softplus => Functions<T>.Softplus(z),
            _ => z,
        };

    /// <summary>∂z = ∂y · f'(z), from the output y alone where that tells the derivative.</summary>
    public static T Backward<T>(ActivationSpec activation, T z, T y, T dy)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => activation.Kind switch
        {
            ActivationKind.Relu => y <= T.Zero ? T.Zero : dy,
            ActivationKind.LeakyRelu => y <= T.Zero ? T.CreateChecked(activation.NegativeSlope) * dy : dy,
            ActivationKind.Tanh => dy * T.FusedMultiplyAdd(-y, y, T.One), // 1 − y²
            ActivationKind.Sigmoid => dy * T.FusedMultiplyAdd(-y, y, y), // y (1 − y)
            ActivationKind.Elu => y <= T.Zero ? T.FusedMultiplyAdd(y, dy, dy) : dy, // eᶻ = y + 1
            ActivationKind.Gelu or ActivationKind.Silu or ActivationKind.HardSwish => ReferenceGate.Backward(activation.Kind, z, dy),
            ActivationKind.Softplus => dy * -Functions<T>.ExpMinusOne(-y), // 1 − e⁻ʸ
            _ => dy,
        };
}
