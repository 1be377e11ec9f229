namespace NativeNet.Compiler.Emit.C.Library;

/// <summary>a · b + c rounded once: an instruction where the compiler promises one, else in doubles or in integers.</summary>
internal static class FusedMultiplyAdd
{
    public const string Text = """
        /* multiply_add(a, b, c) = a * b + c, rounded once: what all sums are made of. NATIVENET_SOFTWARE_FMA asks for integers. */
        #if !defined(NATIVENET_SOFTWARE_FMA) && (defined(__FP_FAST_FMAF) || defined(__FMA__) || defined(__ARM_FEATURE_FMA) || defined(__riscv_flen))
        #if defined(__clang__) && !defined(__NO_MATH_ERRNO__) && !defined(__linux__)
        #error "clang calls the library's fmaf without -fno-math-errno, although the processor has the instruction"
        #endif
        static inline float multiply_add(float a, float b, float c)
        {
            return __builtin_fmaf(a, b, c);
        }
        #elif !defined(NATIVENET_SOFTWARE_FMA) && defined(__SSE2_MATH__)
        /* The product is exact in double. The sum is rounded to odd, so that the rounding to float is the only one that counts. */
        static inline float multiply_add(float a, float b, float c)
        {
            union {
                double value;
                uint64_t bits;
            } sum;
            const double product = (double)a * (double)b;
            double part, error;
            int is_below, is_above;
            sum.value = product + (double)c;
            part = sum.value - product;
            error = (product - (sum.value - part)) + ((double)c - part);
            is_below = error < 0.0;
            is_above = error > 0.0;
            sum.bits = (sum.bits - (uint64_t)(sum.value < 0.0 ? is_above : is_below)) | (uint64_t)(is_below | is_above);
            return (float)sum.value;
        }
        #else
        #define MULTIPLY_ADD_IS_LONG
        #define SIGN 0x80000000u
        #define INFINITE 0x7F800000u
        #define LEADING_BIT 0x00800000u

        /* The significand of a number that is not 0, its leading one at bit 23, and its exponent. */
        static uint32_t whole_significand(uint32_t magnitude, int32_t *exponent)
        {
            if (magnitude >= LEADING_BIT) {
                *exponent = (int32_t)(magnitude >> 23);
                return (magnitude & (LEADING_BIT - 1u)) | LEADING_BIT;
            }
            *exponent = 1;
            while (magnitude < LEADING_BIT) {
                magnitude <<= 1;
                *exponent -= 1;
            }
            return magnitude;
        }

        /* Shifts right; what is lost stays as a one in the lowest bit. */
        static uint64_t shift_right(uint64_t value, uint32_t places)
        {
            const uint32_t lost = 64u - places;
            if (places >= 64u) {
                return value != 0u ? 1u : 0u;
            }
            if (places > 0u && (value << lost) != 0u) {
                return (value >> places) | 1u;
            }
            return value >> places;
        }

        /* The same for patterns, zeros, subnormals, infinities and NaN included; called where one of them takes part. */
        static float multiply_add_any(uint32_t a, uint32_t b, uint32_t c)
        {
            const uint32_t ma = a & ~SIGN, mb = b & ~SIGN, mc = c & ~SIGN;
            uint32_t sign = (a ^ b) & SIGN;
            uint64_t product, other = 0;
            int32_t exponent, exponent_b, exponent_c;
            if (ma > INFINITE || mb > INFINITE || mc > INFINITE) {
                return from_bits(0x7FC00000u);
            }
            if (ma == INFINITE || mb == INFINITE) {
                if (ma == 0u || mb == 0u || (mc == INFINITE && (c & SIGN) != sign)) {
                    return from_bits(0x7FC00000u);
                }
                return from_bits(sign | INFINITE);
            }
            if (mc == INFINITE || ((ma == 0u || mb == 0u) && mc != 0u)) {
                return from_bits(c);
            }
            if (ma == 0u || mb == 0u) {
                return from_bits(sign & c);
            }

            /* Both in 64 bits, the product's leading one at bit 61 or 62, that of c at bit 61. */
            product = (uint64_t)whole_significand(ma, &exponent) << 15;
            product *= whole_significand(mb, &exponent_b);
            exponent += exponent_b - 127;
            if (mc != 0u) {
                other = (uint64_t)whole_significand(mc, &exponent_c) << 38;
                if (exponent >= exponent_c) {
                    other = shift_right(other, (uint32_t)exponent - (uint32_t)exponent_c);
                } else {
                    product = shift_right(product, (uint32_t)exponent_c - (uint32_t)exponent);
                    exponent = exponent_c;
                }
            }
            if ((c & SIGN) == sign) {
                product += other;
            } else if (product >= other) {
                product -= other;
            } else {
                product = other - product;
                sign ^= SIGN;
            }
            if (product == 0u) {
                return 0.0f;
            }

            /* The leading one to bit 63, or where the result is subnormal below it; one rounding, ties to even. */
            exponent += 2;
            while ((product >> 63) == 0u) {
                product <<= 1;
                exponent--;
            }
            if (exponent > 254) {
                return from_bits(sign | INFINITE);
            }
            if (exponent < 1) {
                product = shift_right(product, 1u - (uint32_t)exponent);
                exponent = 1;
            }
            a = (uint32_t)(product >> 40);
            b = (product & (((uint64_t)1 << 39) - 1u)) != 0u || (a & 1u) != 0u ? (uint32_t)(product >> 39) & 1u : 0u;
            return from_bits(sign | (((uint32_t)exponent << 23) + a + b - LEADING_BIT));
        }

        /* The product of two significands, its leading one at bit 61 or 62. */
        static inline __attribute__((always_inline)) uint64_t multiply_significands(uint32_t a, uint32_t b)
        {
            const uint32_t p = ((a & (LEADING_BIT - 1u)) | LEADING_BIT) << 7, q = ((b & (LEADING_BIT - 1u)) | LEADING_BIT) << 8;
        #if defined(__ARM_ARCH_ISA_THUMB) && __ARM_ARCH_ISA_THUMB == 1
            const uint32_t p1 = p >> 16, p0 = p & 0xFFFFu, q1 = q >> 16, q0 = q & 0xFFFFu;
            const uint32_t middle = p1 * q0 + ((p0 * q0) >> 16), cross = (middle & 0xFFFFu) + p0 * q1;
            return ((uint64_t)(p1 * q1 + (middle >> 16) + (cross >> 16)) << 32) | (cross << 16) | ((p0 * q0) & 0xFFFFu);
        #else
            return (uint64_t)p * q;
        #endif
        }

        /* The same where a, b or c may be 0, as half of the values behind a relu are and every sum is at its start. */
        static inline __attribute__((always_inline)) float multiply_add_zero(uint32_t a, uint32_t b, uint32_t c)
        {
            const uint32_t ea = (a >> 23) & 0xFFu, eb = (b >> 23) & 0xFFu, ec = (c >> 23) & 0xFFu, sign = (a ^ b) & SIGN;
            if (((a << 1) == 0u || (b << 1) == 0u) && ea != 255u && eb != 255u && ec != 255u && (ec != 0u || (c << 1) == 0u)) {
                return from_bits(ec != 0u ? c : sign & c);
            }
            if ((c << 1) == 0u && ea - 1u < 254u && eb - 1u < 254u) {
                uint64_t product = multiply_significands(a, b);
                int32_t exponent = (int32_t)ea + (int32_t)eb - 127;
                uint32_t high, low;
                if ((product >> 62) == 0u) {
                    product <<= 1;
                    exponent--;
                }
                high = (uint32_t)(product >> 31);
                low = (uint32_t)product << 1;
                if (exponent >= 0 && exponent < 254) {
                    const uint32_t up = (high & 0x17Fu) != 0u || low != 0u ? (high >> 7) & 1u : 0u;
                    return from_bits(sign | (((uint32_t)exponent << 23) + (high >> 8) + up));
                }
            }
            return multiply_add_any(a, b, c);
        }

        /* Exact in integers of 32 bits, the short way of normal numbers. */
        static float multiply_add(float x, float y, float z)
        {
            const uint32_t a = to_bits(x), b = to_bits(y), c = to_bits(z);
            const uint32_t ea = (a >> 23) & 0xFFu, eb = (b >> 23) & 0xFFu, ec = (c >> 23) & 0xFFu;
            uint32_t sign = (a ^ b) & SIGN, high, low, other_low = 0;
            uint32_t other = ((c & (LEADING_BIT - 1u)) | LEADING_BIT) << 6;
            uint64_t product;
            int32_t exponent = (int32_t)ea + (int32_t)eb - 127, order;
            if (ea - 1u >= 254u || eb - 1u >= 254u || ec - 1u >= 254u) {
                return multiply_add_zero(a, b, c);
            }

            /* high:low = the product; other:other_low = c, its leading one at bit 61 */
            product = multiply_significands(a, b);
            high = (uint32_t)(product >> 32);
            low = (uint32_t)product;

            /* The smaller one to the other's exponent; what is lost stays as a one in the lowest bit. */
            order = exponent - (int32_t)ec;
            if (order > 0) {
                const uint32_t distance = (uint32_t)order;
                if (distance < 32u) {
                    other_low = other << (32u - distance);
                    other >>= distance;
                } else if (distance < 62u) {
                    other_low = (other >> (distance - 32u)) | ((distance > 32u && (other << (64u - distance)) != 0u) ? 1u : 0u);
                    other = 0u;
                } else {
                    other_low = 1u;
                    other = 0u;
                }
            } else if (order < 0) {
                const uint32_t distance = 0u - (uint32_t)order;
                exponent = (int32_t)ec;
                if (distance < 32u) {
                    low = (low >> distance) | (high << (32u - distance)) | ((low << (32u - distance)) != 0u ? 1u : 0u);
                    high >>= distance;
                } else {
                    low = distance >= 64u ? 1u : (high >> (distance - 32u)) | ((low | (distance > 32u ? high << (64u - distance) : 0u)) != 0u ? 1u : 0u);
                    high = 0u;
                }
            } else {
                /* of one exponent */
            }

            if ((sign ^ c) < SIGN) {
                low += other_low;
                high += other + (low < other_low ? 1u : 0u);
            } else if (high > other || (high == other && low >= other_low)) {
                high -= other + (low < other_low ? 1u : 0u);
                low -= other_low;
            } else {
                high = other - high - (other_low < low ? 1u : 0u);
                low = other_low - low;
                sign ^= SIGN;
            }

            /* The leading one to bit 63, then one rounding, ties to even. */
            if (high == 0u) {
                if (low == 0u) {
                    return 0.0f;
                }
                high = low;
                low = 0u;
                exponent -= 32;
            }
        #if defined(__ARM_FEATURE_CLZ)
            order = __builtin_clz(high);
            if (order > 0) {
                const uint32_t zeros = (uint32_t)order;
                high = (high << zeros) | (low >> (32u - zeros));
                low <<= zeros;
            }
            exponent -= order;
        #else
            while (high < 0x80000000u) {
                high = (high << 1) | (low >> 31);
                low <<= 1;
                exponent--;
            }
        #endif
            exponent += 1;
            if (exponent < 0 || exponent > 253) {
                return multiply_add_any(a, b, c);
            }
            low = (high & 0x17Fu) != 0u || low != 0u ? (high >> 7) & 1u : 0u;
            return from_bits(sign | (((uint32_t)exponent << 23) + (high >> 8) + low));
        }
        #endif
        """;
}
