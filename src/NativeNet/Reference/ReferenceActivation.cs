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
            ActivationKind.Elu => z <= T.Zero ? T.CreateChecked(activation.Alpha) * Functions<T>.ExpMinusOne(z) : z,
            ActivationKind.Gelu or ActivationKind.Silu or ActivationKind.HardSwish => ReferenceGate.Forward(activation.Kind, z),
            ActivationKind.Softplus => Functions<T>.Softplus(z),
            ActivationKind.Relu6 or ActivationKind.Clip => Clip(activation, z),
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
            ActivationKind.Elu => y <= T.Zero ? T.FusedMultiplyAdd(y, dy, T.CreateChecked(activation.Alpha) * dy) : dy, // α eᶻ = y + α
            ActivationKind.Gelu or ActivationKind.Silu or ActivationKind.HardSwish => ReferenceGate.Backward(activation.Kind, z, dy),
            ActivationKind.Softplus => dy * -Functions<T>.ExpMinusOne(-y), // 1 − e⁻ʸ
            ActivationKind.Relu6 or ActivationKind.Clip => y <= T.CreateChecked(activation.Minimum) || T.CreateChecked(activation.Maximum) <= y ? T.Zero : dy,
            _ => dy,
        };

    private static T Clip<T>(ActivationSpec activation, T z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T minimum = T.CreateChecked(activation.Minimum), maximum = T.CreateChecked(activation.Maximum);
        return z <= minimum ? minimum : maximum <= z ? maximum : z;
    }
}
