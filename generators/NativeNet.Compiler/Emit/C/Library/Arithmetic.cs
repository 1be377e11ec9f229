namespace NativeNet.Compiler.Emit.C.Library;

/// <summary>Patterns of floats, the fused multiply-add and the square root, exact on every processor.</summary>
internal static class Arithmetic
{
    public static IEnumerable<Snippet> Snippets =>
    [
        new("to_bits", [], """
            typedef union {
                float value;
                uint32_t bits;
            } float_pattern;

            static inline uint32_t to_bits(float value)
            {
                float_pattern pattern;
                pattern.value = value;
                return pattern.bits;
            }
            """),
        new("from_bits", ["to_bits"], """
            static inline float from_bits(uint32_t bits)
            {
                float_pattern pattern;
                pattern.bits = bits;
                return pattern.value;
            }
            """),
        new("is_finite", ["to_bits"], """
            static inline int is_finite(float value)
            {
                return (to_bits(value) & 0x7F800000u) != 0x7F800000u;
            }
            """),
        new("multiply_add", ["to_bits", "from_bits"], FusedMultiplyAdd.Text),
        new("product", ["multiply_add"], """
            /* multiply_add(a, b, 0): a product, and +0 in place of -0. */
            #if defined(MULTIPLY_ADD_IS_LONG)
            static float product(float a, float b)
            {
                return multiply_add_zero(to_bits(a), to_bits(b), 0u);
            }
            #else
            static inline float product(float a, float b)
            {
                return multiply_add(a, b, 0.0f);
            }
            #endif
            """),
        new("square_root", ["to_bits", "from_bits"], """
            /* The correctly rounded square root: an instruction where there is one, without the library's errno; else a bit at a time. */
            #if defined(__SSE2_MATH__) && defined(__NO_MATH_ERRNO__)
            static inline float square_root(float x)
            {
                return __builtin_sqrtf(x);
            }
            #elif defined(__SSE2_MATH__) || defined(__aarch64__) || defined(__riscv_flen) || (defined(__ARM_FP) && (__ARM_FP & 4))
            static inline float square_root(float x)
            {
                float root = x;
            #if defined(__SSE2_MATH__)
                __asm__("sqrtss %0, %0" : "+x"(root));
            #elif defined(__aarch64__)
                __asm__("fsqrt %s0, %s0" : "+w"(root));
            #elif defined(__riscv_flen)
                __asm__("fsqrt.s %0, %0" : "+f"(root));
            #else
                __asm__("vsqrt.f32 %0, %0" : "+t"(root));
            #endif
                return root;
            }
            #else
            static float square_root(float x)
            {
                uint32_t rest = to_bits(x), root = 0, place = 0x01000000u;
                int32_t exponent = (int32_t)(rest >> 23);
                if (rest == 0u || rest == 0x80000000u || exponent == 255) {
                    return x <= x ? x : from_bits(0x7FC00000u);
                }
                if (exponent > 255) {
                    return from_bits(0x7FC00000u);
                }
                if (exponent == 0) {
                    exponent = 1;
                    while (rest < 0x00800000u) {
                        rest <<= 1;
                        exponent--;
                    }
                }
                rest = ((rest & 0x007FFFFFu) | 0x00800000u) << ((exponent & 1) != 0 ? 1u : 2u);
                for (; place != 0u; place >>= 1) {
                    const uint32_t trial = 2u * root + place;
                    if (trial <= rest) {
                        rest -= trial;
                        root += place;
                    }
                    rest <<= 1;
                }
                root += rest != 0u ? root & 1u : 0u;
                return from_bits((root >> 1) + ((((uint32_t)exponent + 129u) >> 1) << 23) - 0x01000000u);
            }
            #endif
            """),
        new("double_root", [], """
            /* The correctly rounded square root of a normal double of at most 1, a bit at a time. */
            static double double_root(double x)
            {
                union {
                    double value;
                    uint64_t bits;
                } pattern;
                uint64_t rest, root = 0, place = (uint64_t)1 << 53;
                int32_t exponent;
                pattern.value = x;
                exponent = (int32_t)(pattern.bits >> 52);
                rest = ((pattern.bits & (((uint64_t)1 << 52) - 1u)) | ((uint64_t)1 << 52)) << ((exponent & 1) != 0 ? 1u : 2u);
                for (; place != 0u; place >>= 1) {
                    const uint64_t trial = 2u * root + place;
                    if (trial <= rest) {
                        rest -= trial;
                        root += place;
                    }
                    rest <<= 1;
                }
                root += rest != 0u ? root & 1u : 0u;
                pattern.bits = (root >> 1) + ((((uint64_t)exponent + 1021u) >> 1) << 52);
                return pattern.value;
            }
            """),
    ];
}
