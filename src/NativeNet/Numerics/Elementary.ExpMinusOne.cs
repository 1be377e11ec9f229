using System.Runtime.CompilerServices;

namespace NativeNet.Numerics;

/// <content>The exponential less 1, left of 0.</content>
public static partial class Elementary
{
    // From here down eˣ − 1 and −1 are the same float.
    private const float ExpMinusOneLowest = -18f;

    /// <summary>eˣ − 1 for x ≤ 0, with its relative precision near 0; +0 for every other number.</summary>
    /// <param name="x">Any float.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ExpMinusOne(float x)
    {
        x = x <= ExpMinusOneLowest ? ExpMinusOneLowest : x;
        x = 0f <= x ? 0f : x;

        // x = n · ln 2 + r as in Exp; n is from −26 to 0, so 2ⁿ is one factor.
        float rounded = MathF.FusedMultiplyAdd(x, Log2E, TanhRounder);
        float minusN = TanhRounder - rounded;
        float r = MathF.FusedMultiplyAdd(minusN, Ln2Low, MathF.FusedMultiplyAdd(minusN, Ln2High, x));
        float power = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(rounded) << 23);

        // 2ⁿ · (eʳ − 1) + (2ⁿ − 1).
        float growth = MathF.FusedMultiplyAdd(ExpPolynomial(r), r * r, r);
        return MathF.FusedMultiplyAdd(power, growth, power - 1f);
    }

    /// <summary><see cref="ExpMinusOne(float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ExpMinusOne<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes lowest = TLanes.Create(ExpMinusOneLowest), zero = TLanes.Create(0f);
        x = TLanes.Select(TLanes.LessThanOrEqual(x, lowest), lowest, x);
        x = TLanes.Select(TLanes.LessThanOrEqual(zero, x), zero, x);

        TLanes rounder = TLanes.Create(TanhRounder);
        TLanes rounded = TLanes.Fma(x, TLanes.Create(Log2E), rounder);
        TLanes minusN = rounder - rounded;
        TLanes r = TLanes.Fma(minusN, TLanes.Create(Ln2Low), TLanes.Fma(minusN, TLanes.Create(Ln2High), x));
        TLanes power = TLanes.ShiftBitsLeft(rounded, 23);

        TLanes growth = TLanes.Fma(ExpPolynomial(r), r * r, r);
        return TLanes.Fma(power, growth, power - TLanes.Create(1f));
    }
}
