namespace NativeNet.Compiler.Emit.C.Library;

/// <summary>The tile of processors with vectors: sums of several rows and 16 columns in registers.</summary>
internal static class Tiles
{
    /// <summary>The most rows of a tile, and its columns.</summary>
    public const int Rows = 6, Columns = 16;

    /// <summary>What stands around code for processors with vectors.</summary>
    public const string Condition = "#if defined(LANES)";

    /// <summary>Finds out whether the processor has vectors, and brings the compiler's names for what they do.</summary>
    public const string Includes = """
        /* Processors with vectors and a fused multiply-add: steps of many samples compute in LANES lanes. */
        #if !defined(NATIVENET_SOFTWARE_FMA) && defined(__GNUC__) && defined(__AVX2__) && defined(__FMA__)
        #include <immintrin.h>
        #define LANES 8
        #elif !defined(NATIVENET_SOFTWARE_FMA) && defined(__GNUC__) && defined(__aarch64__)
        #include <arm_neon.h>
        #define LANES 4
        #endif
        """;

    /// <remarks>
    /// Twelve sums of 8 lanes leave 4 of 16 registers for what is multiplied: 92 % of what an AVX2 processor does between registers,
    /// where 4 rows, whose 8 sums just hide the latency of a multiply-add, reach 83 %. Neither gcc nor clang makes such a tile of loops
    /// over an array of floats.
    /// </remarks>
    public static IEnumerable<Snippet> Snippets =>
    [
        new("tile_products", [], """
            /* A lane is a sum of its own, so vectors change no order. */
            #if defined(LANES) && LANES == 8
            typedef __m256 lanes;
            #define LOAD_LANES(place) _mm256_loadu_ps(place)
            #define STORE_LANES(place, v) _mm256_storeu_ps((place), (v))
            #define MULTIPLY_ADD_LANES(place, b, c) _mm256_fmadd_ps(_mm256_broadcast_ss(place), (b), (c))
            #elif defined(LANES)
            typedef float32x4_t lanes;
            #define LOAD_LANES(place) vld1q_f32(place)
            #define STORE_LANES(place, v) vst1q_f32((place), (v))
            #define MULTIPLY_ADD_LANES(place, b, c) vfmaq_f32((c), vld1q_dup_f32(place), (b))
            #endif

            #if defined(LANES)
            #define TILE_ROWS 6
            #define TILE_COLUMNS 16
            #define TILE_VECTORS (TILE_COLUMNS / LANES)

            /* A tile whose rows the compiler knows: the sums stay in registers. */
            static inline __attribute__((always_inline)) void tile_of(int32_t rows, const float *a, int32_t a_row, int32_t a_step, const float *b, int32_t b_step, int32_t count, float *sum, int32_t sum_row)
            {
                lanes s[TILE_ROWS][TILE_VECTORS], v[TILE_VECTORS];
                UNROLL
                for (int32_t i = 0; i < TILE_ROWS; i++) {
                    UNROLL
                    for (int32_t j = 0; j < TILE_VECTORS; j++) {
                        if (i < rows) {
                            s[i][j] = LOAD_LANES(sum + i * sum_row + j * LANES);
                        }
                    }
                }
                for (int32_t k = 0; k < count; k++) {
                    UNROLL
                    for (int32_t j = 0; j < TILE_VECTORS; j++) {
                        v[j] = LOAD_LANES(b + j * LANES);
                    }
                    UNROLL
                    for (int32_t i = 0; i < TILE_ROWS; i++) {
                        UNROLL
                        for (int32_t j = 0; j < TILE_VECTORS; j++) {
                            if (i < rows) {
                                s[i][j] = MULTIPLY_ADD_LANES(a + i * a_row, v[j], s[i][j]);
                            }
                        }
                    }
                    a = &a[a_step];
                    b = &b[b_step];
                }
                UNROLL
                for (int32_t i = 0; i < TILE_ROWS; i++) {
                    UNROLL
                    for (int32_t j = 0; j < TILE_VECTORS; j++) {
                        if (i < rows) {
                            STORE_LANES(sum + i * sum_row + j * LANES, s[i][j]);
                        }
                    }
                }
            }

            /* sum[i][j] += a[i] * b[j] of `rows`, at most TILE_ROWS, and TILE_COLUMNS; `count` times, a and b each a step on. */
            static void tile_products(int32_t rows, const float *a, int32_t a_row, int32_t a_step, const float *b, int32_t b_step, int32_t count, float *sum, int32_t sum_row)
            {
                switch (rows) {
                case 6:
                    tile_of(6, a, a_row, a_step, b, b_step, count, sum, sum_row);
                    break;
                case 5:
                    tile_of(5, a, a_row, a_step, b, b_step, count, sum, sum_row);
                    break;
                case 4:
                    tile_of(4, a, a_row, a_step, b, b_step, count, sum, sum_row);
                    break;
                case 3:
                    tile_of(3, a, a_row, a_step, b, b_step, count, sum, sum_row);
                    break;
                case 2:
                    tile_of(2, a, a_row, a_step, b, b_step, count, sum, sum_row);
                    break;
                default:
                    tile_of(1, a, a_row, a_step, b, b_step, count, sum, sum_row);
                    break;
                }
            }
            #endif
            """),
    ];
}
