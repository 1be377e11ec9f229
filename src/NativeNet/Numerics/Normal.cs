namespace NativeNet.Numerics;

/// <summary>Standard normal variates with the same bits on every machine.</summary>
/// <remarks>
/// Inversion by PPND7 of Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied
/// Statistics 37 (1988). Its third branch, for tails below e⁻²⁵, is left out: the smallest tail here is 2⁻²⁵.
/// </remarks>
public static class Normal
{
    /// <summary>The variate of 32 random bits.</summary>
    /// <param name="bits">
    /// Bit 31 is the sign; bits 30 to 8 are m, which gives the tail's probability p = (2m + 1) · 2⁻²⁵; the rest is unused.
    /// </param>
    /// <returns>A float between −5.42 and 5.42, never 0, whose negative belongs to the bits with the sign flipped.</returns>
    public static float FromBits(uint bits)
    {
        float tail = (2 * ((bits >> 8) & 0x7F_FFFF) + 1) * (1f / (1 << 25));
        float magnitude = UpperQuantile(tail);
        return bits >> 31 == 0 ? magnitude : -magnitude;
    }

    /// <summary>The x above which a standard normal variate lies with probability <paramref name="tail"/>.</summary>
    /// <param name="tail">From 2⁻²⁵ to ½.</param>
    internal static float UpperQuantile(float tail)
    {
        float q = 0.5f - tail;
        if (q <= 0.425f)
        {
            // The middle: q times a function of q², centred on the range's end.
            float r = MathF.FusedMultiplyAdd(-q, q, 0.180625f);
            float a = MathF.FusedMultiplyAdd(59.109374720f, r, 159.29113202f);
            a = MathF.FusedMultiplyAdd(a, r, 50.434271938f);
            a = MathF.FusedMultiplyAdd(a, r, 3.3871327179f);
            float b = MathF.FusedMultiplyAdd(67.187563600f, r, 78.757757664f);
            b = MathF.FusedMultiplyAdd(b, r, 17.895169469f);
            b = MathF.FusedMultiplyAdd(b, r, 1f);
            return q * a / b;
        }

        // The tail: a function of √(−log p), centred on 1.6.
        float s = MathF.Sqrt(-Elementary.Log(tail)) - 1.6f;
        float c = MathF.FusedMultiplyAdd(0.17023821103f, s, 1.3067284816f);
        c = MathF.FusedMultiplyAdd(c, s, 2.7568153900f);
        c = MathF.FusedMultiplyAdd(c, s, 1.4234372777f);
        float d = MathF.FusedMultiplyAdd(0.12021132975f, s, 0.73700164250f);
        d = MathF.FusedMultiplyAdd(d, s, 1f);
        return c / d;
    }
}
