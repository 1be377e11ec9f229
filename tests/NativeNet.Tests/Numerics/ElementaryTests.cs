using NativeNet.Numerics;

namespace NativeNet.Tests.Numerics;

public sealed class ElementaryTests
{
    [Fact]
    public void Exp_stays_within_its_bound() => AssertWithin(0.90, Elementary.Exp, Math.Exp);

    [Fact]
    public void Log_stays_within_its_bound() => AssertWithin(0.88, Elementary.Log, Math.Log);

    [Fact]
    public void Tanh_stays_within_its_bound() => AssertWithin(1.74, Elementary.Tanh, Math.Tanh);

    [Fact]
    public void Sigmoid_stays_within_its_bound()
        => AssertWithin(1.48, Elementary.Sigmoid, static x => x >= 0.0 ? 1.0 / (1.0 + Math.Exp(-x)) : Math.Exp(x) / (1.0 + Math.Exp(x)));

    [Fact]
    public void ExpMinusOne_stays_within_its_bound()
        => AssertWithin(0.94, Elementary.ExpMinusOne, static x => x >= 0.0 ? 0.0 : Precise.ExpMinusOne(x));

    [Fact]
    public void Softplus_stays_within_its_bound()
        => AssertWithin(1.98, Elementary.Softplus, static x => Math.Max(x, 0.0) + Precise.LogOnePlus(Math.Exp(-Math.Abs(x))));

    [Fact]
    public void GateTanh_stays_within_its_bound() => AssertWithin(5.02, Elementary.GateTanh, Math.Tanh);

    /// <summary>Every float with <c>NATIVENET_EVERY_FLOAT</c>, which takes minutes; else every 997th.</summary>
    [Fact]
    public void Gates_stay_within_bounds_and_never_leave_their_range()
    {
        uint stride = Environment.GetEnvironmentVariable("NATIVENET_EVERY_FLOAT") is null ? 997u : 1u;
        for (ulong bits = 0; bits <= uint.MaxValue; bits += stride)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)bits);
            float tanh = Elementary.GateTanh(x), sigmoid = Elementary.GateSigmoid(x);
            bool holds = float.IsNaN(x)
                ? float.IsNaN(tanh) && float.IsNaN(sigmoid)
                : tanh is >= -1f and <= 1f && sigmoid is >= 0f and <= 1f && Precise.UlpError(tanh, Math.Tanh(x)) <= 5.02
                    && Math.Abs(sigmoid - Precise.Sigmoid(x)) <= 2.91 * UnitOfOne;
            if (!holds)
                Assert.Fail(FormattableString.Invariant($"at {x:G9}: {tanh:G9}, {sigmoid:G9}"));
        }
    }

    [Fact]
    public void Exp_gives_the_same_bits_at_every_width() => AssertSameBits<ExpFormula>();

    [Fact]
    public void Log_gives_the_same_bits_at_every_width() => AssertSameBits<LogFormula>();

    [Fact]
    public void Tanh_gives_the_same_bits_at_every_width() => AssertSameBits<TanhFormula>();

    [Fact]
    public void Sigmoid_gives_the_same_bits_at_every_width() => AssertSameBits<SigmoidFormula>();

    [Fact]
    public void GateTanh_gives_the_same_bits_at_every_width() => AssertSameBits<GateTanhFormula>();

    [Fact]
    public void GateSigmoid_gives_the_same_bits_at_every_width() => AssertSameBits<GateSigmoidFormula>();

    [Fact]
    public void ExpMinusOne_gives_the_same_bits_at_every_width() => AssertSameBits<ExpMinusOneFormula>();

    [Fact]
    public void Softplus_gives_the_same_bits_at_every_width() => AssertSameBits<SoftplusFormula>();

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(88.72284f, float.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(-103.97209f, 0f)]
    [InlineData(-103.97208f, float.Epsilon)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.NaN, float.NaN)]
    public void Exp_has_its_special_values(float x, float expected) => AssertBits(expected, Elementary.Exp(x));

    [Fact]
    public void Exp_is_finite_up_to_the_last_argument() => Assert.True(float.IsFinite(Elementary.Exp(88.72283f)));

    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(0f, float.NegativeInfinity)]
    [InlineData(-1f, float.NaN)]
    [InlineData(-float.Epsilon, float.NaN)]
    [InlineData(float.NegativeInfinity, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void Log_has_its_special_values(float x, float expected) => AssertBits(expected, Elementary.Log(x));

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(float.Epsilon, float.Epsilon)]
    [InlineData(10f, 1f)]
    [InlineData(-10f, -1f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, -1f)]
    [InlineData(float.NaN, float.NaN)]
    public void Tanh_has_its_special_values(float x, float expected) => AssertBits(expected, Elementary.Tanh(x));

    [Theory]
    [InlineData(0f, 0.5f)]
    [InlineData(20f, 1f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(-110f, 0f)]
    [InlineData(float.NaN, float.NaN)]
    public void Sigmoid_has_its_special_values(float x, float expected) => AssertBits(expected, Elementary.Sigmoid(x));

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(float.Epsilon, float.Epsilon)]
    [InlineData(1e-19f, 1e-19f)]
    [InlineData(9f, 1f)]
    [InlineData(-9f, -1f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, -1f)]
    [InlineData(float.NaN, float.NaN)]
    public void GateTanh_has_its_special_values(float x, float expected) => AssertBits(expected, Elementary.GateTanh(x));

    [Fact]
    public void Gates_take_the_sign_of_zero()
    {
        AssertBits(-0f, Elementary.GateTanh(-0f));
        AssertBits(0.5f, Elementary.GateSigmoid(-0f));
    }

    [Theory]
    [InlineData(0f, 0.5f)]
    [InlineData(18f, 1f)]
    [InlineData(-18f, 0f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.NaN, float.NaN)]
    public void GateSigmoid_has_its_special_values(float x, float expected) => AssertBits(expected, Elementary.GateSigmoid(x));

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(-float.Epsilon, -float.Epsilon)]
    [InlineData(-17.4f, -1f)]
    [InlineData(float.NegativeInfinity, -1f)]
    [InlineData(float.PositiveInfinity, 0f)]
    [InlineData(float.NaN, float.NaN)]
    public void ExpMinusOne_has_its_special_values(float x, float expected) => AssertBits(expected, Elementary.ExpMinusOne(x));

    [Theory]
    [InlineData(0f, 0.693147182f)]
    [InlineData(1e30f, 1e30f)]
    [InlineData(float.MaxValue, float.MaxValue)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(-103.97208f, float.Epsilon)]
    [InlineData(-1e30f, 0f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.NaN, float.NaN)]
    public void Softplus_has_its_special_values(float x, float expected) => AssertBits(expected, Elementary.Softplus(x));

    [Fact]
    public void Negative_zero_counts_as_zero_but_keeps_its_sign_through_tanh()
    {
        AssertBits(1f, Elementary.Exp(-0f));
        AssertBits(float.NegativeInfinity, Elementary.Log(-0f));
        AssertBits(-0f, Elementary.Tanh(-0f));
        AssertBits(0.5f, Elementary.Sigmoid(-0f));
        AssertBits(0f, Elementary.ExpMinusOne(-0f));
        AssertBits(0.693147182f, Elementary.Softplus(-0f));
    }

    [Fact]
    public void Tanh_is_odd_to_the_bit()
    {
        foreach (float x in Inputs.Strided)
        {
            if (!Widths.SameBits(-Elementary.Tanh(x), Elementary.Tanh(-x)) || !Widths.SameBits(-Elementary.GateTanh(x), Elementary.GateTanh(-x)))
                Assert.Fail(FormattableString.Invariant($"at {x:G9}"));
        }
    }

    // The bits are the contract: a change here changes what every network computes.
    [Theory]
    [InlineData("exp", "98d2d210917edc64")]
    [InlineData("log", "a8b72bbf98db4a62")]
    [InlineData("tanh", "c153449db5385a8c")]
    [InlineData("sigmoid", "40bafc1df43d2fdb")]
    [InlineData("expMinusOne", "8dde318d07a28188")]
    [InlineData("softplus", "5c7c99530c10a629")]
    [InlineData("gateTanh", "7fc54e22c577127a")]
    [InlineData("gateSigmoid", "b1a3814d6d470a8a")]
    [InlineData("gelu", "dc7b697903c8b1da")]
    [InlineData("silu", "3d735fd000c26a45")]
    [InlineData("hardSwish", "e1c7985a851f03ef")]
    public void The_bits_are_pinned(string name, string expected)
    {
        Func<float, float> function = name switch
        {
            "exp" => Elementary.Exp,
            "log" => Elementary.Log,
            "tanh" => Elementary.Tanh,
            "sigmoid" => Elementary.Sigmoid,
            "expMinusOne" => Elementary.ExpMinusOne,
            "softplus" => Elementary.Softplus,
            "gateTanh" => Elementary.GateTanh,
            "gateSigmoid" => Elementary.GateSigmoid,
            "gelu" => Activations.Gelu,
            "silu" => Activations.Silu,
            _ => Activations.HardSwish,
        };
        Assert.Equal(expected, Widths.HashOfBits(Array.ConvertAll(Inputs.Strided, x => function(x))));
    }

    /// <summary>The unit of the last place of floats just below 1.</summary>
    private const double UnitOfOne = 1.0 / (1 << 24);

    private static void AssertBits(float expected, float actual)
        => Assert.True(Widths.SameBits(expected, actual), FormattableString.Invariant($"{actual:G9}, not {expected:G9}"));

    private static void AssertSameBits<TFormula>()
        where TFormula : IFormula
    {
        Widths.AssertSameBits<TFormula>(Inputs.Edges, Inputs.Edges);
        Widths.AssertSameBits<TFormula>(Inputs.Strided, Inputs.Strided);
    }

    private static void AssertWithin(double bound, Func<float, float> function, Func<double, double> exact)
    {
        foreach (float[] inputs in (float[][])[Inputs.Edges, Inputs.Strided])
        {
            foreach (float x in inputs)
            {
                double error = Precise.UlpError(function(x), exact(x));
                if (!(error <= bound))
                    Assert.Fail(FormattableString.Invariant($"{error:F3} ULP at {x:G9}: {function(x):G9}, not {exact(x):G17}"));
            }
        }
    }

    private struct GateTanhFormula : IFormula
    {
        public static float Scalar(float x, float y) => Elementary.GateTanh(x);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Elementary.GateTanh(x);
    }

    private struct GateSigmoidFormula : IFormula
    {
        public static float Scalar(float x, float y) => Elementary.GateSigmoid(x);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Elementary.GateSigmoid(x);
    }

    private struct ExpMinusOneFormula : IFormula
    {
        public static float Scalar(float x, float y) => Elementary.ExpMinusOne(x);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Elementary.ExpMinusOne(x);
    }

    private struct SoftplusFormula : IFormula
    {
        public static float Scalar(float x, float y) => Elementary.Softplus(x);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Elementary.Softplus(x);
    }

    private struct ExpFormula : IFormula
    {
        public static float Scalar(float x, float y) => Elementary.Exp(x);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Elementary.Exp(x);
    }

    private struct LogFormula : IFormula
    {
        public static float Scalar(float x, float y) => Elementary.Log(x);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Elementary.Log(x);
    }

    private struct TanhFormula : IFormula
    {
        public static float Scalar(float x, float y) => Elementary.Tanh(x);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Elementary.Tanh(x);
    }

    private struct SigmoidFormula : IFormula
    {
        public static float Scalar(float x, float y) => Elementary.Sigmoid(x);

        public static TLanes Lanes<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes>
            => Elementary.Sigmoid(x);
    }
}
