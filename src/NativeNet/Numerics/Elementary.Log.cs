using System.Runtime.CompilerServices;

namespace NativeNet.Numerics;

/// <content>The natural logarithm.</content>
public static partial class Elementary
{
    private const float SmallestNormal = 1.17549435e-38f;

    // 2²³ brings every subnormal into the normal range; the exponent is then too large by 23.
    private const float SubnormalScale = 8388608f;

    // Added to the bits of x, this carries into the exponent exactly where the significand is √½ or more of the next
    // power of two: bits(1) − bits(√½).
    private const uint RootHalfToOne = 0x3F800000u - 0x3F3504F3u;

    // 2²³: the integer e ≤ 2²³ added to its bits is the float 2²³ + e.
    private const float IntegerBase = 8388608f;
    private const float ExponentBias = 127f;

    // log(1 + f) = f − f²/2 + f³ · (degree 7) on [√½ − 1, √2 − 1]; the error is 6.4e-9 of log(1 + f), 1/9 ULP.
    private const float LogC0 = 0.333333313f;
    private const float LogC1 = -0.250008196f;
    private const float LogC2 = 0.200012267f;
    private const float LogC3 = -0.166233569f;
    private const float LogC4 = 0.142017573f;
    private const float LogC5 = -0.13160181f;
    private const float LogC6 = 0.127615795f;
    private const float LogC7 = -0.076345019f;

    /// <summary>The natural logarithm within 0.88 ULP: −∞ at ±0, NaN below, +∞ at +∞; subnormals count in full.</summary>
    /// <param name="x">Any float.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Log(float x)
    {
        bool normal = SmallestNormal <= x;
        uint bits = BitConverter.SingleToUInt32Bits(normal ? x : x * SubnormalScale);

        // x = 2ᵉ · (1 + f) with 1 + f in [√½, √2).
        uint biased = (bits + RootHalfToOne) >> 23;
        float e = BitConverter.UInt32BitsToSingle(biased + BitConverter.SingleToUInt32Bits(IntegerBase))
            - (IntegerBase + (normal ? ExponentBias : ExponentBias + 23f));
        float f = BitConverter.UInt32BitsToSingle(bits - (biased << 23) + BitConverter.SingleToUInt32Bits(1f)) - 1f;

        float c = MathF.FusedMultiplyAdd(LogC7, f, LogC6);
        c = MathF.FusedMultiplyAdd(c, f, LogC5);
        c = MathF.FusedMultiplyAdd(c, f, LogC4);
        c = MathF.FusedMultiplyAdd(c, f, LogC3);
        c = MathF.FusedMultiplyAdd(c, f, LogC2);
        c = MathF.FusedMultiplyAdd(c, f, LogC1);
        c = MathF.FusedMultiplyAdd(c, f, LogC0);

        // From the smallest term to the largest: the exponent's low part, f², f, the exponent's high part.
        float tail = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(c, f, -0.5f), f * f, e * Ln2Low);
        float result = MathF.FusedMultiplyAdd(e, Ln2High, f + tail);

        result = x <= 0f ? (0f <= x ? float.NegativeInfinity : float.NaN) : result;
        return x <= float.MaxValue ? result : x;
    }

    /// <summary><see cref="Log(float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Log<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes normal = TLanes.LessThanOrEqual(TLanes.Create(SmallestNormal), x);
        TLanes bits = TLanes.Select(normal, x, x * TLanes.Create(SubnormalScale));

        TLanes carry = TLanes.Create(BitConverter.UInt32BitsToSingle(RootHalfToOne));
        TLanes biased = TLanes.ShiftBitsRight(TLanes.AddBits(bits, carry), 23);
        TLanes one = TLanes.Create(1f);
        TLanes e = TLanes.AddBits(biased, TLanes.Create(IntegerBase)) - TLanes.Select(
            normal, TLanes.Create(IntegerBase + ExponentBias), TLanes.Create(IntegerBase + (ExponentBias + 23f)));
        TLanes f = TLanes.AddBits(TLanes.SubtractBits(bits, TLanes.ShiftBitsLeft(biased, 23)), one) - one;

        TLanes c = TLanes.Fma(TLanes.Create(LogC7), f, TLanes.Create(LogC6));
        c = TLanes.Fma(c, f, TLanes.Create(LogC5));
        c = TLanes.Fma(c, f, TLanes.Create(LogC4));
        c = TLanes.Fma(c, f, TLanes.Create(LogC3));
        c = TLanes.Fma(c, f, TLanes.Create(LogC2));
        c = TLanes.Fma(c, f, TLanes.Create(LogC1));
        c = TLanes.Fma(c, f, TLanes.Create(LogC0));

        TLanes tail = TLanes.Fma(TLanes.Fma(c, f, TLanes.Create(-0.5f)), f * f, e * TLanes.Create(Ln2Low));
        TLanes result = TLanes.Fma(e, TLanes.Create(Ln2High), f + tail);

        TLanes zero = TLanes.Create(0f);
        TLanes notPositive = TLanes.Select(
            TLanes.LessThanOrEqual(zero, x), TLanes.Create(float.NegativeInfinity), TLanes.Create(float.NaN));
        result = TLanes.Select(TLanes.LessThanOrEqual(x, zero), notPositive, result);
        return TLanes.Select(TLanes.LessThanOrEqual(x, TLanes.Create(float.MaxValue)), result, x);
    }
}
