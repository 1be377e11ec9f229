namespace NativeNet.Compiler.Emit.C.Library;

/// <summary>The elementary functions of the numeric contract, section 5.</summary>
internal static class Elementary
{
    public static IEnumerable<Snippet> Snippets =>
    [
        new("exp_rest", ["multiply_add"], """
            /* (e^t - 1 - t) / t^2 for |t| <= ln 2 / 2 */
            static float exp_rest(float t)
            {
                float sum = multiply_add(0.00138389028f, t, 0.00836919248f);
                sum = multiply_add(sum, t, 0.0416681021f);
                sum = multiply_add(sum, t, 0.166665167f);
                return multiply_add(sum, t, 0.49999994f);
            }
            """),
        new("exponential", ["exp_rest", "multiply_add", "to_bits", "from_bits"], """
            /* e^x = 2^n e^r: adding 1.5 * 2^23 rounds x / ln 2 to n, which the low bits of the sum then hold. */
            static float exponential(float x)
            {
                float sum, minus_n, r;
                uint32_t half, rest;
                x = x <= -104.0f ? -104.0f : x;
                x = 89.0f <= x ? 89.0f : x;
                sum = multiply_add(x, 1.44269502f, 12583166.0f);
                minus_n = 12583166.0f - sum;
                r = multiply_add(minus_n, -1.90465421e-9f, multiply_add(minus_n, 0.693147182f, x));
                half = (to_bits(sum) >> 1) << 23;
                rest = (to_bits(sum) << 23) - half;
                return multiply_add(multiply_add(exp_rest(r), r, 1.0f), r, 1.0f) * from_bits(half) * from_bits(rest);
            }
            """),
        new("logarithm", ["multiply_add", "to_bits", "from_bits"], """
            /* ln x = e ln 2 + ln(1 + f), 1 + f between the roots of 1/2 and 2 */
            static float logarithm(float x)
            {
                const float scale = 1.17549435e-38f <= x ? 1.0f : 8388608.0f, bias = 1.17549435e-38f <= x ? 8388735.0f : 8388758.0f;
                const uint32_t bits = to_bits(x * scale);
                const uint32_t exponent = (bits + 0x3F800000u - 0x3F3504F3u) >> 23;
                const float e = from_bits(exponent + 0x4B000000u) - bias;
                const float f = from_bits(bits - (exponent << 23) + 0x3F800000u) - 1.0f;
                float c = multiply_add(-0.076345019f, f, 0.127615795f);
                c = multiply_add(c, f, -0.13160181f);
                c = multiply_add(c, f, 0.142017573f);
                c = multiply_add(c, f, -0.166233569f);
                c = multiply_add(c, f, 0.200012267f);
                c = multiply_add(c, f, -0.250008196f);
                c = multiply_add(c, f, 0.333333313f);
                c = multiply_add(multiply_add(c, f, -0.5f), f * f, e * -1.90465421e-9f);
                if (x <= 0.0f) {
                    return from_bits(0.0f <= x ? 0xFF800000u : 0x7FC00000u);
                }
                return x <= 3.40282347e+38f ? multiply_add(e, 0.693147182f, f + c) : x;
            }
            """),
        new("quotient", ["multiply_add"], """
            /* a / (c + t), refined once */
            static float quotient(float a, float c, float t)
            {
                const float s = c + t, lost = t - (s - c), inverse = 1.0f / s, q = a * inverse;
                return multiply_add(multiply_add(-q, lost, multiply_add(-q, s, a)), inverse, q);
            }
            """),
        new("power_minus_one", ["exp_rest", "multiply_add", "to_bits", "from_bits"], """
            /* e^a - 1 for a between -18 and 20 */
            static float power_minus_one(float a)
            {
                const float sum = multiply_add(a, 1.44269502f, 12583039.0f), minus_n = 12583039.0f - sum;
                const float r = multiply_add(minus_n, -1.90465421e-9f, multiply_add(minus_n, 0.693147182f, a));
                const float power = from_bits(to_bits(sum) << 23);
                return multiply_add(power, multiply_add(exp_rest(r), r * r, r), power - 1.0f);
            }
            """),
        new("exp_minus_one", ["power_minus_one"], """
            /* e^x - 1 for x <= 0; +0 above */
            static float exp_minus_one(float x)
            {
                x = x <= -18.0f ? -18.0f : x;
                return power_minus_one(0.0f <= x ? 0.0f : x);
            }
            """),
        new("hyperbolic_tangent", ["power_minus_one", "quotient", "to_bits", "from_bits"], """
            /* tanh x = (e^2x - 1) / (2 + (e^2x - 1)) */
            static float hyperbolic_tangent(float x)
            {
                float a = from_bits(to_bits(x) & 0x7FFFFFFFu);
                a = 10.0f <= a ? 10.0f : a;
                a = power_minus_one(a + a);
                return from_bits(to_bits(quotient(a, 2.0f, a)) | (to_bits(x) & 0x80000000u));
            }
            """),
        new("sigmoid", ["exponential", "quotient", "to_bits", "from_bits"], """
            /* 1 / (1 + e^-x) */
            static float sigmoid(float x)
            {
                const float z = exponential(from_bits(to_bits(x) | 0x80000000u));
                return quotient(x <= 0.0f ? z : 1.0f, 1.0f, z);
            }
            """),
        new("gate_tanh", ["multiply_add"], """
            /* tanh x as a rational function, from -1 to 1 */
            static float gate_tanh(float x)
            {
                float t, t2, p, q, y;
                x = 9.0f <= x ? 9.0f : x;
                x = x <= -9.0f ? -9.0f : x;
                t = x * x;
                t2 = t * t;
                p = multiply_add(1.34198794e-8f, t2, multiply_add(2.06610657e-5f, t, 0.00349898543f));
                q = multiply_add(7.8046412e-7f, t2, multiply_add(0.000329101953f, t, 0.0258901659f));
                y = multiply_add(p, x * t2, x * multiply_add(0.133839697f, t, 1.0f))
                    / multiply_add(q, t2, multiply_add(0.467172891f, t, 1.0f));
                y = 1.0f <= y ? 1.0f : y;
                return y <= -1.0f ? -1.0f : y;
            }
            """),
        new("gate_sigmoid", ["gate_tanh", "multiply_add"], """
            /* 1 / (1 + e^-x), from 0 to 1 */
            static float gate_sigmoid(float x)
            {
                return multiply_add(0.5f, gate_tanh(0.5f * x), 0.5f);
            }
            """),
        new("softplus", ["exponential", "logarithm", "to_bits", "from_bits"], """
            /* ln(1 + e^x) */
            static float softplus(float x)
            {
                const float z = exponential(from_bits(to_bits(x) | 0x80000000u)), s = 1.0f + z, lost = z - (s - 1.0f);
                return (x <= 0.0f ? 0.0f : x) + (logarithm(s) + lost / s);
            }
            """),
    ];
}
