using System.Runtime.CompilerServices;

namespace NativeNet.Numerics;

/// <content>The logistic function.</content>
public static partial class Elementary
{
    /// <summary>1 / (1 + e⁻ˣ) within 1.48 ULP; +0 far below, 1 far above, subnormal results included.</summary>
    /// <param name="x">Any float.</param>
    /// <remarks>From z = e^−|x|, which cannot overflow: z / (1 + z) where x ≤ 0, else 1 / (1 + z).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sigmoid(float x)
    {
        float z = Exp(-MathF.Abs(x));
        return Quotient(x <= 0f ? z : 1f, 1f, z);
    }

    /// <summary><see cref="Sigmoid(float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Sigmoid<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes z = Exp(-TLanes.Abs(x)), one = TLanes.Create(1f);
        return Quotient(TLanes.Select(TLanes.LessThanOrEqual(x, TLanes.Create(0f)), z, one), one, z);
    }
}
