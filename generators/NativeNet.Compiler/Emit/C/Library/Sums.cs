namespace NativeNet.Compiler.Emit.C.Library;

/// <summary>Sums of 16 chains, and loops over arrays.</summary>
internal static class Sums
{
    public static IEnumerable<Snippet> Snippets =>
    [
        new("sum_halves", [], """
            /* Adds 16 chains in halves. */
            static float sum_halves(float *chains)
            {
                for (int32_t half = 8; half > 0; half /= 2) {
                    for (int32_t p = 0; p < half; p++) {
                        chains[p] += chains[p + half];
                    }
                }
                return chains[0];
            }
            """),
        new("one_over", [], """
            /* The factor of a mean. */
            static inline float one_over(int32_t terms)
            {
                return 1.0f / (float)terms;
            }
            """),
        new("row_sum", ["sum_halves"], """
            /* The sum of a row: element i belongs to chain i mod 16. */
            static float row_sum(const float *row, int32_t length)
            {
                float chains[16] = {0.0f};
                for (int32_t i = 0; i < length; i++) {
                    chains[i & 15] += row[i];
                }
                return sum_halves(chains);
            }
            """),
        new("row_product", ["sum_halves", "multiply_add"], """
            /* The sum of the products of two rows, in the same order. */
            static float row_product(const float *a, const float *b, int32_t length)
            {
                float chains[16] = {0.0f};
                for (int32_t i = 0; i < length; i++) {
                    chains[i & 15] = multiply_add(a[i], b[i], chains[i & 15]);
                }
                return sum_halves(chains);
            }
            """),
        new("copy", [], """
            static void copy(const float *from, float *to, int32_t length)
            {
                for (int32_t i = 0; i < length; i++) {
                    to[i] = from[i];
                }
            }
            """),
        new("add_to", [], """
            static void add_to(float *sum, const float *share, int32_t length)
            {
                for (int32_t i = 0; i < length; i++) {
                    sum[i] += share[i];
                }
            }
            """),
        new("add_parts", [], """
            /* Adds `part` neighbours of every position, `from_step` floats apart, to those `to_step` floats apart. */
            static void add_parts(const float *from, int32_t from_step, float *to, int32_t to_step, int32_t part, int32_t positions)
            {
                for (int32_t p = 0; p < positions; p++) {
                    for (int32_t i = 0; i < part; i++) {
                        to[p * to_step + i] += from[p * from_step + i];
                    }
                }
            }
            """),
        new("copy_parts", [], """
            /* Copies `part` neighbours of every position, `from_step` floats apart, to places `to_step` floats apart. */
            static void copy_parts(const float *from, int32_t from_step, float *to, int32_t to_step, int32_t part, int32_t positions)
            {
                for (int32_t p = 0; p < positions; p++) {
                    for (int32_t i = 0; i < part; i++) {
                        to[p * to_step + i] = from[p * from_step + i];
                    }
                }
            }
            """),
        new("first_tap", [], """
            /* The first tap of a window inside the image; `start` is the position of tap 0. */
            static inline int32_t first_tap(int32_t start, int32_t dilation, int32_t kernel)
            {
                const int32_t first = start >= 0 ? 0 : (dilation - 1 - start) / dilation;
                return first < kernel ? first : kernel;
            }
            """),
        new("end_tap", [], """
            /* The tap behind the last one inside an image of `length` positions. */
            static inline int32_t end_tap(int32_t start, int32_t dilation, int32_t kernel, int32_t length)
            {
                const int32_t end = start >= length ? 0 : (length - start + dilation - 1) / dilation;
                return end < kernel ? end : kernel;
            }
            """),
        new("window_of", [], """
            /* The window that has a position as the tap `from_tap` positions behind its first, or -1. */
            static inline int32_t window_of(int32_t position, int32_t from_tap, int32_t stride, int32_t windows)
            {
                const int32_t start = position - from_tap, window = start / stride;
                return start >= 0 && window < windows && window * stride == start ? window : -1;
            }
            """),
    ];
}
