using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>The activations z · gate(z): gelu, silu and hardSwish, forward next to backward.</summary>
internal static class ReferenceGate
{
    /// <summary>y = z · gate(z), with z bounded below so that −∞ · 0 does not arise.</summary>
    public static T Forward<T>(ActivationKind kind, T z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T lowest = -Bound<T>(kind);
        z = z <= lowest ? lowest : z;
        return z * kind switch
        {
            ActivationKind.Gelu => Functions<T>.Sigmoid(z * T.FusedMultiplyAdd(z * z, Constant<T>(0.0713548139f), Constant<T>(1.59576917f))),
            ActivationKind.Silu => Functions<T>.Sigmoid(z),
            _ => Least(z + Constant<T>(3), Constant<T>(6)) * Constant<T>(1f / 6),
        };
    }

    /// <summary>∂z = ∂y · (gate + z · gate').</summary>
    public static T Backward<T>(ActivationKind kind, T z, T dy)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T bound = Bound<T>(kind);
        if (kind == ActivationKind.HardSwish)
            return z <= -bound ? T.Zero : bound <= z ? dy : dy * T.FusedMultiplyAdd(z, Constant<T>(1f / 3), Constant<T>(0.5f));

        z = z <= -bound ? -bound : z;
        z = Least(z, bound);

        // The gate is sigmoid(v), its derivative v' · gate · (1 − gate).
        T v = z, slope = z;
        if (kind == ActivationKind.Gelu)
        {
            v = z * T.FusedMultiplyAdd(z * z, Constant<T>(0.0713548139f), Constant<T>(1.59576917f));
            slope = z * T.FusedMultiplyAdd(z * z, Constant<T>(0.214064449f), Constant<T>(1.59576917f));
        }

        T gate = Functions<T>.Sigmoid(v);
        return dy * T.FusedMultiplyAdd(slope, T.FusedMultiplyAdd(-gate, gate, gate), gate);
    }

    /// <summary>From here on the gate is 0 on the left and 1 on the right.</summary>
    private static T Bound<T>(ActivationKind kind)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Constant<T>(kind switch { ActivationKind.Gelu => 16, ActivationKind.Silu => 128, _ => 3 });

    private static T Least<T>(T z, T bound)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => bound <= z ? bound : z;

    private static T Constant<T>(float value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => T.CreateChecked(value);
}
