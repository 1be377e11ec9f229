using System.Runtime.CompilerServices;

namespace NativeNet.Numerics;

/// <content>The hyperbolic tangent.</content>
public static partial class Elementary
{
    // From here on e²ˣ − 1 and e²ˣ + 1 are the same float and the quotient is 1.
    private const float TanhHighest = 10f;
    private const float TanhRounder = Rounder + 127f;

    /// <summary>tanh x within 1.74 ULP; odd to the bit, exactly ±1 from |x| = 10 on.</summary>
    /// <param name="x">Any float.</param>
    /// <remarks>(e²ᵃ − 1) / (e²ᵃ + 1) with a = |x|, from e²ᵃ − 1, which keeps its relative precision near 0.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Tanh(float x)
    {
        float a = MathF.Abs(x);
        a = TanhHighest <= a ? TanhHighest : a;
        a += a;

        // 2a = n · ln 2 + r as in Exp; n is from 0 to 29, so 2ⁿ is one factor.
        float rounded = MathF.FusedMultiplyAdd(a, Log2E, TanhRounder);
        float minusN = TanhRounder - rounded;
        float r = MathF.FusedMultiplyAdd(minusN, Ln2Low, MathF.FusedMultiplyAdd(minusN, Ln2High, a));
        float power = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(rounded) << 23);

        // e²ᵃ − 1 = 2ⁿ · (eʳ − 1) + (2ⁿ − 1).
        float growth = MathF.FusedMultiplyAdd(ExpPolynomial(r), r * r, r);
        float m = MathF.FusedMultiplyAdd(power, growth, power - 1f);
        return MathF.CopySign(Quotient(m, 2f, m), x);
    }

    /// <summary><see cref="Tanh(float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Tanh<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes half = TLanes.Min(TLanes.Create(TanhHighest), TLanes.Abs(x));
        TLanes a = half + half;

        // The product of the halved and the doubled factor is exactly the same and need not wait for the sum.
        TLanes rounder = TLanes.Create(TanhRounder);
        TLanes rounded = TLanes.Fma(half, TLanes.Create(2f * Log2E), rounder);
        TLanes minusN = rounder - rounded;
        TLanes r = TLanes.Fma(minusN, TLanes.Create(Ln2Low), TLanes.Fma(minusN, TLanes.Create(Ln2High), a));
        TLanes power = TLanes.ShiftBitsLeft(rounded, 23);

        TLanes growth = TLanes.Fma(ExpPolynomial(r), r * r, r);
        TLanes m = TLanes.Fma(power, growth, power - TLanes.Create(1f));
        return TLanes.CopySign(Quotient(m, TLanes.Create(2f), m), x);
    }
}
