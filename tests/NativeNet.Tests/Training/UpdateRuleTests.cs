using NativeNet.Numerics;
using NativeNet.Tests.Numerics;
using NativeNet.Training;

namespace NativeNet.Tests.Training;

/// <summary>Each rule against the formula of <c>torch.optim</c> in double, and its lanes against its scalars.</summary>
public sealed class UpdateRuleTests
{
    private const int Steps = 30;
    private const float Rate = 0.01f, Decay = 0.1f;

    // Sixty roundings of values around 1: far below what a wrong term would do, which is at least rate · 10 %.
    private const double Tolerance = 1e-5;

    private static readonly Philox Random = new(21);

    [Fact]
    public void Sgd_follows_the_gradient_and_the_decay()
    {
        double w = 1.0;
        AssertFollows(new Sgd(Rate, Decay), (_, g) => w -= (double)Rate * (g + (Decay * w)));
    }

    [Fact]
    public void Momentum_keeps_a_velocity()
    {
        double w = 1.0, v = 0.0;
        AssertFollows(new Momentum(Rate, 0.9f, Decay), (_, g) =>
        {
            v = (0.9f * v) + g + (Decay * w);
            return w -= Rate * v;
        });
    }

    [Fact]
    public void Nesterov_looks_ahead_of_its_velocity()
    {
        double w = 1.0, v = 0.0;
        AssertFollows(new Nesterov(Rate, 0.9f, Decay), (_, g) =>
        {
            double decayed = g + (Decay * w);
            v = (0.9f * v) + decayed;
            return w -= Rate * (decayed + (0.9f * v));
        });
    }

    [Fact]
    public void Adam_corrects_its_moments_and_couples_its_decay()
    {
        double w = 1.0, m = 0.0, s = 0.0;
        AssertFollows(new Adam(Rate, weightDecay: Decay), (t, g) => w = AdamStep(w, g + (Decay * w), t, ref m, ref s));
    }

    [Fact]
    public void AdamW_shrinks_the_parameter_apart_from_the_gradient()
    {
        double w = 1.0, m = 0.0, s = 0.0;
        AssertFollows(new AdamW(Rate, weightDecay: Decay), (t, g) => w = AdamStep(w * (1.0 - ((double)Rate * Decay)), g, t, ref m, ref s));
    }

    [Theory]
    [InlineData(1L)]
    [InlineData(2L)]
    [InlineData(1000L)]
    [InlineData(long.MaxValue)]
    public void Adam_depends_on_the_number_of_the_step(long step)
    {
        float m = 0f, s = 0f;
        float w = new Adam(Rate).AtStep(step).Update(0f, 1f, ref m, ref s);

        double correction1 = 1.0 - Math.Pow(0.9f, step), correction2 = 1.0 - Math.Pow(0.999f, step);
        double expected = -Rate * (0.1 / correction1) / Math.Sqrt(0.001 / correction2);
        Assert.Equal(expected, w, 1e-4 * Math.Abs(expected));
    }

    [Fact]
    public void Every_width_gives_the_scalar_bits()
    {
        AssertSameBits(new Sgd(Rate, Decay));
        AssertSameBits(new Momentum(Rate, 0.9f, Decay));
        AssertSameBits(new Nesterov(Rate, 0.9f, Decay));
        AssertSameBits(new Adam(Rate, weightDecay: Decay));
        AssertSameBits(new AdamW(Rate));
    }

    [Fact]
    public void A_schedule_changes_the_rate_and_nothing_else()
    {
        Assert.Equal(new Sgd(0.5f, Decay), new Sgd(Rate, Decay) with { LearningRate = 0.5f });
        Assert.Equal(new Momentum(0.5f, 0.8f, Decay), new Momentum(Rate, 0.8f, Decay) with { LearningRate = 0.5f });
        Assert.Equal(new Nesterov(0.5f, 0.8f, Decay), new Nesterov(Rate, 0.8f, Decay) with { LearningRate = 0.5f });
        Assert.Equal(new Adam(0.5f, 0.8f), (new Adam(Rate, 0.8f) with { LearningRate = 0.5f }));
        Assert.Equal(
            new AdamW(0.5f, 0.8f).AtStep(3), (new AdamW(Rate, 0.8f) with { LearningRate = 0.5f }).AtStep(3));
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Rates_and_decays_are_finite_and_not_negative(float value)
    {
        AssertRefused("learningRate", () => _ = new Sgd(value));
        AssertRefused("weightDecay", () => _ = new Sgd(Rate, value));
        AssertRefused("learningRate", () => _ = new Momentum(value));
        AssertRefused("weightDecay", () => _ = new Momentum(Rate, 0.9f, value));
        AssertRefused("learningRate", () => _ = new Nesterov(value));
        AssertRefused("weightDecay", () => _ = new Nesterov(Rate, 0.9f, value));
        AssertRefused("learningRate", () => _ = new Adam(value));
        AssertRefused("weightDecay", () => _ = new Adam(Rate, weightDecay: value));
        AssertRefused("learningRate", () => _ = new AdamW(value));
        AssertRefused("weightDecay", () => _ = new AdamW(Rate, weightDecay: value));
        AssertRefused("epsilon", () => _ = new Adam(Rate, epsilon: value));
        AssertRefused("LearningRate", () => _ = new Sgd(Rate) with { LearningRate = value });
        AssertRefused("LearningRate", () => _ = new Momentum(Rate) with { LearningRate = value });
        AssertRefused("LearningRate", () => _ = new Nesterov(Rate) with { LearningRate = value });
        AssertRefused("LearningRate", () => _ = new Adam(Rate) with { LearningRate = value });
        AssertRefused("LearningRate", () => _ = new AdamW(Rate) with { LearningRate = value });
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1f)]
    [InlineData(float.NaN)]
    public void Shares_lie_between_0_and_1(float value)
    {
        AssertRefused("coefficient", () => _ = new Momentum(Rate, value));
        AssertRefused("coefficient", () => _ = new Nesterov(Rate, value));
        AssertRefused("beta1", () => _ = new Adam(Rate, beta1: value));
        AssertRefused("beta2", () => _ = new AdamW(Rate, beta2: value));
    }

    [Fact]
    public void Epsilon_is_above_0() => AssertRefused("epsilon", static () => _ = new AdamW(Rate, epsilon: 0f));

    [Fact]
    public void Steps_count_from_1()
    {
        AssertRefused("step", static () => new Sgd(Rate).AtStep(0));
        AssertRefused("step", static () => new Momentum(Rate).AtStep(0));
        AssertRefused("step", static () => new Nesterov(Rate).AtStep(0));
        AssertRefused("step", static () => new Adam(Rate).AtStep(0));
        AssertRefused("step", static () => new AdamW(Rate).AtStep(0));
    }

    [Fact]
    public void A_default_Adam_is_refused_and_one_without_a_step_gives_NaN()
    {
        Assert.Throws<InvalidOperationException>(static () => default(Adam).AtStep(1));
        Assert.Throws<InvalidOperationException>(static () => default(AdamW).AtStep(1));

        float m = 0f, s = 0f;
        Assert.True(float.IsNaN(new Adam(Rate).Update(1f, 1f, ref m, ref s)));
        Assert.True(float.IsNaN(new AdamW(Rate).Update(1f, 1f, ref m, ref s)));
    }

    // The bits are the contract: a change here changes every trained network.
    /// <summary>Each rule with decay moves vectors as the same rule without any, and weights as before; its text keeps what checkpoints know.</summary>
    [Fact]
    public void A_rule_that_spares_biases_decays_weights_alone()
    {
        Spares(new Sgd(0.1f, 0.5f), new Sgd(0.1f, 0.5f, decayBiases: false), new Sgd(0.1f));
        Spares(new Momentum(0.1f, 0.9f, 0.5f), new Momentum(0.1f, 0.9f, 0.5f, decayBiases: false), new Momentum(0.1f));
        Spares(new Nesterov(0.1f, 0.9f, 0.5f), new Nesterov(0.1f, 0.9f, 0.5f, decayBiases: false), new Nesterov(0.1f));
        Spares(new Adam(0.1f, weightDecay: 0.5f), new Adam(0.1f, weightDecay: 0.5f, decayBiases: false), new Adam(0.1f));
        Spares(new AdamW(0.1f, weightDecay: 0.5f), new AdamW(0.1f, weightDecay: 0.5f, decayBiases: false), new AdamW(0.1f, weightDecay: 0f));
    }

    private static void Spares<TRule>(TRule decaying, TRule sparing, TRule plain)
        where TRule : struct, IUpdateRule<TRule>
    {
        Assert.Equal(decaying.ToString(), sparing.ToString());
        Assert.NotEqual(decaying, sparing);
        TRule step = sparing.AtStep(3);
        Assert.Equal(Moved(decaying.AtStep(3)), Moved(step));
        Assert.Equal(Moved(plain.AtStep(3)), Moved(TRule.ForVectors(in step)));
        Assert.NotEqual(Moved(plain.AtStep(3)), Moved(step));

        TRule every = decaying.AtStep(3);
        Assert.Equal(every, TRule.ForVectors(in every));
    }

    private static (float Parameter, float First, float Second) Moved<TRule>(TRule rule)
        where TRule : struct, IUpdateRule<TRule>
    {
        float first = 0.25f, second = 0.5f;
        float parameter = rule.Update(3f, -0.75f, ref first, ref second);
        return (parameter, first, second);
    }

    [Fact]
    public void The_bits_are_pinned()
    {
        Assert.Equal("f283bfa2c75ec6fe", HashOfSteps(new Sgd(Rate, Decay)));
        Assert.Equal("3de795d2cbc8aa7a", HashOfSteps(new Momentum(Rate, 0.9f, Decay)));
        Assert.Equal("f441f1d7dec645c9", HashOfSteps(new Nesterov(Rate, 0.9f, Decay)));
        Assert.Equal("022fb764934c3409", HashOfSteps(new Adam(Rate, weightDecay: Decay)));
        Assert.Equal("94349c1d66feb200", HashOfSteps(new AdamW(Rate)));
    }

    private static string HashOfSteps<TRule>(TRule rule)
        where TRule : struct, IUpdateRule<TRule>
    {
        float w = 1f, first = 0f, second = 0f;
        var values = new float[1000];
        for (int i = 0; i < values.Length; i++)
        {
            float gradient = Random.SymmetricUniform(0, (ulong)i + 1);
            w = rule.AtStep(i + 1).Update(w, gradient, ref first, ref second);
            values[i] = w;
        }

        return Widths.HashOfBits(values);
    }

    private static double AdamStep(double w, double g, int t, ref double m, ref double s)
    {
        m = (0.9f * m) + ((1.0 - 0.9f) * g);
        s = (0.999f * s) + ((1.0 - 0.999f) * g * g);
        double mean = m / (1.0 - Math.Pow(0.9f, t)), square = s / (1.0 - Math.Pow(0.999f, t));
        return w - (Rate * mean / (Math.Sqrt(square) + 1e-8f));
    }

    private static void AssertRefused(string parameter, Action action)
        => Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(action).ParamName);

    private static void AssertFollows<TRule>(TRule rule, Func<int, double, double> formula)
        where TRule : struct, IUpdateRule<TRule>
    {
        float w = 1f, first = 0f, second = 0f;
        for (int t = 1; t <= Steps; t++)
        {
            float gradient = Random.SymmetricUniform(0, (ulong)t);
            w = rule.AtStep(t).Update(w, gradient, ref first, ref second);
            Assert.Equal(formula(t, gradient), w, Tolerance);
        }

        Assert.NotEqual(1.0, w, 100 * Tolerance);
    }

    private static void AssertSameBits<TRule>(TRule rule)
        where TRule : struct, IUpdateRule<TRule>
    {
        AssertSameBits<TRule, Lanes128>(rule);
        AssertSameBits<TRule, Lanes256>(rule);
        AssertSameBits<TRule, Lanes512>(rule);
    }

    // Each lane has its own parameter and gradients; the states must agree too.
    private static void AssertSameBits<TRule, TLanes>(TRule rule)
        where TRule : struct, IUpdateRule<TRule>
        where TLanes : struct, ILanes<TLanes>
    {
        int count = TLanes.Count;
        float[] w = new float[count], first = new float[count], second = new float[count], g = new float[count];
        float[] actual = new float[count];
        for (int lane = 0; lane < count; lane++)
            w[lane] = Random.SymmetricUniform(1, (ulong)lane);

        TLanes parameters = TLanes.Load(in w[0], 0), firsts = TLanes.Create(0f), seconds = TLanes.Create(0f);
        for (int t = 1; t <= Steps; t++)
        {
            TRule atStep = rule.AtStep(t);
            for (int lane = 0; lane < count; lane++)
            {
                g[lane] = Random.SymmetricUniform(2, (ulong)((t * count) + lane));
                w[lane] = atStep.Update(w[lane], g[lane], ref first[lane], ref second[lane]);
            }

            parameters = atStep.Update(parameters, TLanes.Load(in g[0], 0), ref firsts, ref seconds);
            AssertLanes(w, parameters);
            AssertLanes(first, firsts);
            AssertLanes(second, seconds);
        }

        void AssertLanes(float[] expected, TLanes lanes)
        {
            lanes.Store(ref actual[0], 0);
            for (int lane = 0; lane < count; lane++)
                Assert.True(Widths.SameBits(expected[lane], actual[lane]));
        }
    }
}
