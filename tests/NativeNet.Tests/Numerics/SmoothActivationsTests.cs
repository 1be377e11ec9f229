using NativeNet.Numerics;

namespace NativeNet.Tests.Numerics;

/// <summary>elu, gelu, silu, hardSwish and softplus.</summary>
public sealed class SmoothActivationsTests
{
    private static readonly double GeluFactor = 2 * Math.Sqrt(2 / Math.PI);

    [Theory]
    [InlineData("elu", 0f, 0f)]
    [InlineData("elu", float.Epsilon, float.Epsilon)]
    [InlineData("elu", -1e30f, -1f)]
    [InlineData("elu", float.NegativeInfinity, -1f)]
    [InlineData("elu", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("elu", float.NaN, float.NaN)]
    [InlineData("gelu", 0f, 0f)]
    [InlineData("gelu", 1e30f, 1e30f)]
    [InlineData("gelu", -1e30f, -0f)]
    [InlineData("gelu", float.NegativeInfinity, -0f)]
    [InlineData("gelu", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("gelu", float.NaN, float.NaN)]
    [InlineData("silu", 0f, 0f)]
    [InlineData("silu", 1e30f, 1e30f)]
    [InlineData("silu", -1e30f, -0f)]
    [InlineData("silu", float.NegativeInfinity, -0f)]
    [InlineData("silu", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("silu", float.NaN, float.NaN)]
    [InlineData("hardSwish", 0f, 0f)]
    [InlineData("hardSwish", 3f, 3f)]
    [InlineData("hardSwish", -3f, -0f)]
    [InlineData("hardSwish", -1.5f, -0.375f)]
    [InlineData("hardSwish", 1e30f, 1e30f)]
    [InlineData("hardSwish", float.NegativeInfinity, -0f)]
    [InlineData("hardSwish", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("hardSwish", float.NaN, float.NaN)]
    public void Functions_have_their_special_values(string name, float z, float expected)
        => AssertBits(expected, Function(name)(z));

    [Fact]
    public void Negative_zero_keeps_its_sign_through_gates_alone()
    {
        AssertBits(0f, Activations.Elu(-0f, 1));
        AssertBits(-0f, Activations.Gelu(-0f));
        AssertBits(-0f, Activations.Silu(-0f));
        AssertBits(-0f, Activations.HardSwish(-0f));
    }

    [Theory]
    [InlineData("elu")]
    [InlineData("gelu")]
    [InlineData("silu")]
    [InlineData("hardSwish")]
    [InlineData("softplus")]
    public void Far_from_zero_the_gradient_vanishes_or_passes(string name)
    {
        const float d = 0.75f;
        Func<float, float, float> backward = Backward(name);
        foreach (float far in (float[])[200f, 1e30f, float.PositiveInfinity])
        {
            Assert.Equal(d, backward(far, d));
            Assert.Equal(0f, backward(-far, d));
        }

        Assert.True(float.IsNaN(backward(float.NaN, d)) || name == "elu");
    }

    /// <summary>Where the gate's argument is large, a rounding of it counts as often as it is large.</summary>
    [Fact]
    public void Gelu_stays_within_its_bound_relative_to_the_gates_argument()
        => AssertWithin(-10, 16, z => 2.5 * (1 + Math.Abs(GeluArgument(z))), Activations.Gelu, static z => z * Precise.Sigmoid(GeluArgument(z)));

    [Fact]
    public void Silu_stays_within_its_bound()
        => AssertWithin(-87, 128, static _ => 2.3, Activations.Silu, static z => z * Precise.Sigmoid(z));

    [Fact]
    public void Hard_swish_stays_within_its_bound()
        => AssertWithin(-10, 10, static _ => 2.6, Activations.HardSwish, static z => z * Math.Clamp((z + 3) / 6, 0, 1));

    [Theory]
    [InlineData("elu")]
    [InlineData("gelu")]
    [InlineData("silu")]
    [InlineData("hardSwish")]
    [InlineData("softplus")]
    public void Backward_methods_agree_with_differences_of_the_functions(string name)
    {
        const double h = 1e-5;
        Func<double, double> exact = name switch
        {
            "elu" => static z => z <= 0 ? Precise.ExpMinusOne(z) : z,
            "gelu" => static z => z * Precise.Sigmoid(GeluArgument(z)),
            "silu" => static z => z * Precise.Sigmoid(z),
            "hardSwish" => static z => z * Math.Clamp((z + 3) / 6, 0, 1),
            _ => static z => Math.Max(z, 0) + Precise.LogOnePlus(Math.Exp(-Math.Abs(z))),
        };

        for (double z = -6.05; z < 6.0; z += 0.1)
            Assert.Equal(3.0 * (exact(z + h) - exact(z - h)) / (2 * h), Backward(name)((float)z, 3f), 5e-6);
    }

    [Fact]
    public void Every_width_gives_the_scalar_bits()
    {
        Widths.AssertSameBits<EluFormula>(Inputs.EdgePairs.X, Inputs.EdgePairs.Y);
        Widths.AssertSameBits<EluBackwardFormula>(Inputs.EdgePairs.X, Inputs.EdgePairs.Y);
        Widths.AssertSameBits<GeluFormula>(Inputs.EdgePairs.X, Inputs.EdgePairs.Y);
        Widths.AssertSameBits<GeluBackwardFormula>(Inputs.EdgePairs.X, Inputs.EdgePairs.Y);
        Widths.AssertSameBits<SiluFormula>(Inputs.EdgePairs.X, Inputs.EdgePairs.Y);
        Widths.AssertSameBits<SiluBackwardFormula>(Inputs.EdgePairs.X, Inputs.EdgePairs.Y);
        Widths.AssertSameBits<HardSwishFormula>(Inputs.EdgePairs.X, Inputs.EdgePairs.Y);
        Widths.AssertSameBits<HardSwishBackwardFormula>(Inputs.EdgePairs.X, Inputs.EdgePairs.Y);
        Widths.AssertSameBits<SoftplusBackwardFormula>(Inputs.EdgePairs.X, Inputs.EdgePairs.Y);
    }

    [Fact]
    public void Every_width_gives_the_scalar_bits_all_over()
    {
        Widths.AssertSameBits<EluFormula>(Inputs.Strided, Inputs.Strided);
        Widths.AssertSameBits<EluBackwardFormula>(Inputs.Strided, Inputs.Strided);
        Widths.AssertSameBits<GeluFormula>(Inputs.Strided, Inputs.Strided);
        Widths.AssertSameBits<GeluBackwardFormula>(Inputs.Strided, Inputs.Strided);
        Widths.AssertSameBits<SiluFormula>(Inputs.Strided, Inputs.Strided);
        Widths.AssertSameBits<SiluBackwardFormula>(Inputs.Strided, Inputs.Strided);
        Widths.AssertSameBits<HardSwishFormula>(Inputs.Strided, Inputs.Strided);
        Widths.AssertSameBits<HardSwishBackwardFormula>(Inputs.Strided, Inputs.Strided);
        Widths.AssertSameBits<SoftplusBackwardFormula>(Inputs.Strided, Inputs.Strided);
    }

    private static double GeluArgument(double z) => GeluFactor * (z + (0.044715 * z * z * z));

    private static Func<float, float> Function(string name) => name switch
    {
        "elu" => static z => Activations.Elu(z, 1),
        "gelu" => Activations.Gelu,
        "silu" => Activations.Silu,
        _ => Activations.HardSwish,
    };

    /// <summary>The gradient at z; of elu and softplus by way of their outputs.</summary>
    private static Func<float, float, float> Backward(string name) => name switch
    {
        "elu" => static (z, d) => Activations.EluBackward(Activations.Elu(z, 1), d, 1),
        "gelu" => Activations.GeluBackward,
        "silu" => Activations.SiluBackward,
        "hardSwish" => Activations.HardSwishBackward,
        _ => static (z, d) => Activations.SoftplusBackward(Elementary.Softplus(z), d),
    };

    private static void AssertWithin(float lowest, float highest, Func<double, double> bound, Func<float, float> function, Func<double, double> exact)
    {
        int tried = 0;
        foreach (float z in Inputs.Strided.Where(z => lowest <= z && z <= highest))
        {
            double error = Precise.UlpError(function(z), exact(z));
            if (!(error <= bound(z)))
                Assert.Fail(FormattableString.Invariant($"{error:F3} ULP at {z:G9}: {function(z):G9}, not {exact(z):G17}"));
            tried++;
        }

        Assert.True(tried > 100_000);
    }

    private static void AssertBits(float expected, float actual)
        => Assert.True(Widths.SameBits(expected, actual), FormattableString.Invariant($"{actual:G9}, not {expected:G9}"));

    private struct EluFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.Elu(x, 0.7f);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.Elu(x, TLanes.Create(0.7f));
    }

    private struct EluBackwardFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.EluBackward(x, y, 0.7f);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.EluBackward(x, y, TLanes.Create(0.7f));
    }

    private struct GeluFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.Gelu(x);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.Gelu(x);
    }

    private struct GeluBackwardFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.GeluBackward(x, y);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.GeluBackward(x, y);
    }

    private struct SiluFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.Silu(x);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.Silu(x);
    }

    private struct SiluBackwardFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.SiluBackward(x, y);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.SiluBackward(x, y);
    }

    private struct HardSwishFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.HardSwish(x);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.HardSwish(x);
    }

    private struct HardSwishBackwardFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.HardSwishBackward(x, y);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.HardSwishBackward(x, y);
    }

    private struct SoftplusBackwardFormula : IFormula
    {
        public static float Scalar(float x, float y) => Activations.SoftplusBackward(x, y);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Activations.SoftplusBackward(x, y);
    }
}
