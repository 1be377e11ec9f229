using NativeNet.Numerics;

namespace NativeNet.Tests.Numerics;

public sealed class ActivationsTests
{
    private const float Slope = 0.1f;

    [Theory]
    [InlineData(2f, 2f)]
    [InlineData(-2f, 0f)]
    [InlineData(0f, 0f)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    public void Relu_clears_what_is_not_positive_and_keeps_NaN(float z, float expected)
        => Assert.True(Widths.SameBits(expected, Activations.Relu(z)));

    [Fact]
    public void Relu_of_negative_zero_is_positive_zero() => Assert.True(Widths.SameBits(0f, Activations.Relu(-0f)));

    [Theory]
    [InlineData(2f, 3f)]
    [InlineData(0f, 0f)]
    [InlineData(float.NaN, 3f)]
    public void Relu_passes_the_gradient_where_its_output_is_not_zero(float y, float expected)
        => Assert.True(Widths.SameBits(expected, Activations.ReluBackward(y, 3f)));

    [Theory]
    [InlineData(2f, 2f)]
    [InlineData(-2f, -0.2f)]
    [InlineData(-0f, -0f)]
    [InlineData(float.NaN, float.NaN)]
    public void Leaky_relu_scales_what_is_left_of_zero(float z, float expected)
        => Assert.True(Widths.SameBits(expected, Activations.LeakyRelu(z, Slope)));

    [Theory]
    [InlineData(0.25f, 0.25f, 3f)]
    [InlineData(-0.5f, -0.5f, 0f)]
    [InlineData(-7f, -0.5f, 0f)]
    [InlineData(0.75f, 0.75f, 0f)]
    [InlineData(7f, 0.75f, 0f)]
    [InlineData(-0f, -0f, 3f)]
    [InlineData(float.NaN, float.NaN, 3f)]
    [InlineData(float.NegativeInfinity, -0.5f, 0f)]
    [InlineData(float.PositiveInfinity, 0.75f, 0f)]
    public void Clip_holds_a_range_and_passes_the_gradient_inside(float z, float expected, float gradient)
    {
        Assert.True(Widths.SameBits(expected, Activations.Clip(z, -0.5f, 0.75f)));
        Assert.True(Widths.SameBits(gradient, Activations.ClipBackward(expected, 3f, -0.5f, 0.75f)));
    }

    [Fact]
    public void Backward_methods_agree_with_differences_of_the_functions()
    {
        const double h = 1e-5;
        for (double z = -4.05; z < 4.0; z += 0.1)
        {
            float x = (float)z;
            double tanh = (Math.Tanh(z + h) - Math.Tanh(z - h)) / (2 * h);
            double sigmoid = (Sigmoid(z + h) - Sigmoid(z - h)) / (2 * h);

            Assert.Equal(3.0 * tanh, Activations.TanhBackward(Elementary.Tanh(x), 3f), 2e-6);
            Assert.Equal(3.0 * sigmoid, Activations.SigmoidBackward(Elementary.Sigmoid(x), 3f), 2e-6);
            Assert.Equal(z > 0.0 ? 3f : 0f, Activations.ReluBackward(Activations.Relu(x), 3f));
            Assert.Equal(z > 0.0 ? 3f : Slope * 3f, Activations.LeakyReluBackward(Activations.LeakyRelu(x, Slope), 3f, Slope));
        }

        static double Sigmoid(double z) => 1.0 / (1.0 + Math.Exp(-z));
    }

    [Fact]
    public void Every_width_gives_the_scalar_bits()
    {
        (float[] x, float[] y) = Inputs.EdgePairs;
        Widths.AssertSameBits<ReluFormula>(x, y);
        Widths.AssertSameBits<ClipFormula>(x, y);
        Widths.AssertSameBits<ClipBackwardFormula>(x, y);
        Widths.AssertSameBits<ReluBackwardFormula>(x, y);
        Widths.AssertSameBits<LeakyReluFormula>(x, y);
        Widths.AssertSameBits<LeakyReluBackwardFormula>(x, y);
        Widths.AssertSameBits<TanhBackwardFormula>(x, y);
        Widths.AssertSameBits<SigmoidBackwardFormula>(x, y);
    }

    private struct ReluFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.Relu(x);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.Relu(x);
    }

    private struct ClipFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.Clip(x, -0.5f, 0.75f);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.Clip(x, TLanes.Create(-0.5f), TLanes.Create(0.75f));
    }

    private struct ClipBackwardFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.ClipBackward(x, y, -0.5f, 0.75f);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.ClipBackward(x, y, TLanes.Create(-0.5f), TLanes.Create(0.75f));
    }

    private struct ReluBackwardFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.ReluBackward(x, y);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.ReluBackward(x, y);
    }

    private struct LeakyReluFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.LeakyRelu(x, Slope);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.LeakyRelu(x, TLanes.Create(Slope));
    }

    private struct LeakyReluBackwardFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.LeakyReluBackward(x, y, Slope);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.LeakyReluBackward(x, y, TLanes.Create(Slope));
    }

    private struct TanhBackwardFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.TanhBackward(x, y);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.TanhBackward(x, y);
    }

    private struct SigmoidBackwardFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.SigmoidBackward(x, y);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.SigmoidBackward(x, y);
    }
}
