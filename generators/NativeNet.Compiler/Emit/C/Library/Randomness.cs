namespace NativeNet.Compiler.Emit.C.Library;

/// <summary>Random words, first weights and dropout: sections 7.1 to 7.5 of the numeric contract.</summary>
internal static class Randomness
{
    public static IEnumerable<Snippet> Snippets =>
    [
        new("random_block", [], """
            /* Four random words of a counter, by Philox4x32-10. */
            static void random_block(uint64_t seed, uint32_t c0, uint32_t c1, uint32_t c2, uint32_t c3, uint32_t words[4])
            {
                uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
                for (int32_t round = 0; round < 10; round++) {
                    const uint64_t p = (uint64_t)c0 * 0xD2511F53u, q = (uint64_t)c2 * 0xCD9E8D57u;
                    c0 = (uint32_t)(q >> 32) ^ c1 ^ k0;
                    c1 = (uint32_t)q;
                    c2 = (uint32_t)(p >> 32) ^ c3 ^ k1;
                    c3 = (uint32_t)p;
                    k0 += 0x9E3779B9u;
                    k1 += 0xBB67AE85u;
                }
                words[0] = c0;
                words[1] = c1;
                words[2] = c2;
                words[3] = c3;
            }
            """),
        new("uniform_variate", [], """
            /* Uniform between -1 and 1. */
            static float uniform_variate(uint32_t word)
            {
                const int32_t odd = 2 * (int32_t)(word >> 8) + 1 - 16777216;
                return (float)odd * 5.96046448e-8f;
            }
            """),
        new("normal_variate", ["logarithm", "square_root", "multiply_add"], """
            /* Standard normal, by the inverse of its distribution: Wichura, "Algorithm AS 241", 1988. */
            static float normal_variate(uint32_t word)
            {
                const uint32_t odd = 2u * ((word >> 8) & 0x7FFFFFu) + 1u;
                const float tail = (float)odd * 2.98023224e-8f, q = 0.5f - tail;
                float a, b, r;
                if (q <= 0.425f) {
                    r = multiply_add(-q, q, 0.180625f);
                    a = multiply_add(59.109374720f, r, 159.29113202f);
                    a = multiply_add(a, r, 50.434271938f);
                    a = q * multiply_add(a, r, 3.3871327179f);
                    b = multiply_add(67.187563600f, r, 78.757757664f);
                    b = multiply_add(b, r, 17.895169469f);
                } else {
                    r = square_root(-logarithm(tail)) - 1.6f;
                    a = multiply_add(0.17023821103f, r, 1.3067284816f);
                    a = multiply_add(a, r, 2.7568153900f);
                    a = multiply_add(a, r, 1.4234372777f);
                    b = multiply_add(0.12021132975f, r, 0.73700164250f);
                }
                a /= multiply_add(b, r, 1.0f);
                return (word >> 31) == 0u ? a : -a;
            }
            """),
        new("power", [], """
            /* value^exponent by squaring, the exponent's low bit first */
            static double power(double value, uint32_t exponent)
            {
                double result = 1.0;
                for (; exponent > 0u; exponent >>= 1) {
                    if ((exponent & 1u) != 0u) {
                        result *= value;
                    }
                    value *= value;
                }
                return result;
            }
            """),
        new("drop", ["random_block"], """
            /* Dropout of one sample in training: kept values are scaled, the others are 0. A word below `least` drops. */
            static void drop(const float *x, float *y, int32_t length, uint64_t seed, uint32_t sample, uint32_t stream, uint32_t step, uint32_t least, float scale)
            {
                uint32_t words[4];
                for (int32_t e = 0; e < length; e++) {
                    if ((e & 3) == 0) {
                        random_block(seed, (uint32_t)e / 4u, sample, stream, step, words);
                    }
                    y[e] = least <= (words[e & 3] >> 8) ? x[e] * scale : 0.0f;
                }
            }
            """),
    ];
}
