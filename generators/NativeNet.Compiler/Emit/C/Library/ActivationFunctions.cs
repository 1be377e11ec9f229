namespace NativeNet.Compiler.Emit.C.Library;

/// <summary>The activations of the numeric contract, section 4: y from the sum z, and the gradient of z from that of y.</summary>
internal static class ActivationFunctions
{
    public static IEnumerable<Snippet> Snippets =>
    [
        new("relu", [], """
            static inline float relu(float z)
            {
                return z <= 0.0f ? 0.0f : z;
            }
            """),
        new("relu_gradient", [], """
            static inline float relu_gradient(float y, float dy)
            {
                return y <= 0.0f ? 0.0f : dy;
            }
            """),
        new("leaky", [], """
            /* value * slope where z, or the output of a positive slope, is not above 0 */
            static inline float leaky(float z, float value, float slope)
            {
                return z <= 0.0f ? slope * value : value;
            }
            """),
        new("clip", [], """
            static inline float clip(float z, float minimum, float maximum)
            {
                return z <= minimum ? minimum : maximum <= z ? maximum : z;
            }
            """),
        new("clip_gradient", [], """
            static inline float clip_gradient(float y, float dy, float minimum, float maximum)
            {
                return y <= minimum || maximum <= y ? 0.0f : dy;
            }
            """),
        new("tanh_gradient", ["multiply_add"], """
            static inline float tanh_gradient(float y, float dy)
            {
                return dy * multiply_add(-y, y, 1.0f);
            }
            """),
        new("sigmoid_gradient", ["multiply_add"], """
            static inline float sigmoid_gradient(float y, float dy)
            {
                return dy * multiply_add(-y, y, y);
            }
            """),
        new("elu", ["exp_minus_one"], """
            static float elu(float z, float alpha)
            {
                return z <= 0.0f ? alpha * exp_minus_one(z) : z;
            }
            """),
        new("elu_gradient", ["multiply_add"], """
            static inline float elu_gradient(float y, float dy, float alpha)
            {
                return y <= 0.0f ? multiply_add(y, dy, alpha * dy) : dy;
            }
            """),
        new("gelu_argument", ["multiply_add"], """
            /* The argument of gelu's sigmoid; with the cubic factor times three, z times its derivative. */
            static inline float gelu_argument(float z, float cubic)
            {
                return z * multiply_add(z * z, cubic, 1.59576917f);
            }
            """),
        new("gelu", ["sigmoid", "gelu_argument"], """
            static float gelu(float z)
            {
                z = z <= -16.0f ? -16.0f : z;
                return z * sigmoid(gelu_argument(z, 0.0713548139f));
            }
            """),
        new("gate_gradient", ["sigmoid", "multiply_add"], """
            /* dy (gate + slope gate (1 - gate)), gate the sigmoid of v */
            static float gate_gradient(float v, float slope, float dy)
            {
                const float gate = sigmoid(v);
                return dy * multiply_add(slope, multiply_add(-gate, gate, gate), gate);
            }
            """),
        new("gelu_gradient", ["gate_gradient", "gelu_argument"], """
            static float gelu_gradient(float z, float dy)
            {
                z = z <= -16.0f ? -16.0f : z;
                z = 16.0f <= z ? 16.0f : z;
                return gate_gradient(gelu_argument(z, 0.0713548139f), gelu_argument(z, 0.214064449f), dy);
            }
            """),
        new("silu", ["sigmoid"], """
            static float silu(float z)
            {
                z = z <= -128.0f ? -128.0f : z;
                return z * sigmoid(z);
            }
            """),
        new("silu_gradient", ["gate_gradient"], """
            static float silu_gradient(float z, float dy)
            {
                z = z <= -128.0f ? -128.0f : z;
                z = 128.0f <= z ? 128.0f : z;
                return gate_gradient(z, z, dy);
            }
            """),
        new("hard_swish", [], """
            static inline float hard_swish(float z)
            {
                float t;
                z = z <= -3.0f ? -3.0f : z;
                t = z + 3.0f;
                t = 6.0f <= t ? 6.0f : t;
                return z * (t * 0.166666672f);
            }
            """),
        new("hard_swish_gradient", ["multiply_add"], """
            static inline float hard_swish_gradient(float z, float dy)
            {
                if (z <= -3.0f) {
                    return 0.0f;
                }
                return 3.0f <= z ? dy : dy * multiply_add(z, 0.333333343f, 0.5f);
            }
            """),
        new("softplus_gradient", ["exp_minus_one"], """
            static float softplus_gradient(float y, float dy)
            {
                return dy * -exp_minus_one(-y);
            }
            """),
    ];
}
