using System.Runtime.CompilerServices;

namespace NativeNet.Numerics;

/// <summary>exp, log, tanh and sigmoid with the same bits on every machine.</summary>
/// <remarks>
/// Each function is defined over a scalar, in operations that IEEE-754 rounds in one way only (+ − · / and fma) and in
/// integer operations on the bit pattern; its twin over lanes stands below it and gives the same bits. A NaN gives a
/// NaN, whose sign and payload are not part of the contract. Errors were measured against double precision over every
/// float; NUMERICS.md has the table. The polynomials are minimax fits by the exchange algorithm of Remez, with
/// coefficients rounded to float.
/// </remarks>
public static partial class Elementary
{
    private const float Log2E = 1.44269502f;

    // ln 2 in two parts: n · Ln2High is subtracted exactly by one fma, the rest is below 2⁻²⁸.
    private const float Ln2High = 0.693147182f;
    private const float Ln2Low = -1.90465421e-09f;

    // 1.5 · 2²³: a float of this size has no fraction, so adding it rounds to an integer that its low bits then hold.
    private const float Rounder = 12582912f;

    // Beyond these the result is +0 and +∞; with them the exponent n stays within −150 and 128.
    private const float ExpLowest = -104f;
    private const float ExpHighest = 89f;

    // The exponent's bias twice, so that the halves of n + 254 are the biased exponents of two factors.
    private const float ExpRounder = Rounder + 254f;

    /// <summary>eˣ, within 0.90 ULP, subnormal results included: +∞ above 88.7228, +0 below −103.972.</summary>
    /// <param name="x">Any float.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x)
    {
        x = x <= ExpLowest ? ExpLowest : x;
        x = ExpHighest <= x ? ExpHighest : x;

        // x = n · ln 2 + r with |r| ≤ ln 2 / 2.
        float rounded = MathF.FusedMultiplyAdd(x, Log2E, ExpRounder);
        float minusN = ExpRounder - rounded;
        float r = MathF.FusedMultiplyAdd(minusN, Ln2Low, MathF.FusedMultiplyAdd(minusN, Ln2High, x));

        // 2ⁿ as two factors: alone it would leave the range of floats where the product is subnormal or just finite.
        uint bits = BitConverter.SingleToUInt32Bits(rounded);
        uint first = bits >> 1 << 23;
        uint second = (bits << 23) - first;
        float power = MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(ExpPolynomial(r), r, 1f), r, 1f);
        return power * BitConverter.UInt32BitsToSingle(first) * BitConverter.UInt32BitsToSingle(second);
    }

    /// <summary><see cref="Exp(float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Exp<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        x = TLanes.Min(TLanes.Create(ExpHighest), TLanes.Max(TLanes.Create(ExpLowest), x));

        TLanes rounder = TLanes.Create(ExpRounder);
        TLanes rounded = TLanes.Fma(x, TLanes.Create(Log2E), rounder);
        TLanes minusN = rounder - rounded;
        TLanes r = TLanes.Fma(minusN, TLanes.Create(Ln2Low), TLanes.Fma(minusN, TLanes.Create(Ln2High), x));

        TLanes first = TLanes.ShiftBitsLeft(TLanes.ShiftBitsRight(rounded, 1), 23);
        TLanes second = TLanes.SubtractBits(TLanes.ShiftBitsLeft(rounded, 23), first);
        TLanes one = TLanes.Create(1f);
        return TLanes.Fma(TLanes.Fma(ExpPolynomial(r), r, one), r, one) * first * second;
    }

    // (eʳ − 1 − r) / r² for |r| ≤ ln 2 / 2, degree 4; the error of 1 + r + r² · c is 3.2e-9 of eʳ, 1/18 ULP.
    private const float ExpC0 = 0.49999994f;
    private const float ExpC1 = 0.166665167f;
    private const float ExpC2 = 0.0416681021f;
    private const float ExpC3 = 0.00836919248f;
    private const float ExpC4 = 0.00138389028f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float ExpPolynomial(float r)
    {
        float c = MathF.FusedMultiplyAdd(ExpC4, r, ExpC3);
        c = MathF.FusedMultiplyAdd(c, r, ExpC2);
        c = MathF.FusedMultiplyAdd(c, r, ExpC1);
        return MathF.FusedMultiplyAdd(c, r, ExpC0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes ExpPolynomial<TLanes>(TLanes r)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes c = TLanes.Fma(TLanes.Create(ExpC4), r, TLanes.Create(ExpC3));
        c = TLanes.Fma(c, r, TLanes.Create(ExpC2));
        c = TLanes.Fma(c, r, TLanes.Create(ExpC1));
        return TLanes.Fma(c, r, TLanes.Create(ExpC0));
    }
}
