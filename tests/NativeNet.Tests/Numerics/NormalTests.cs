using NativeNet.Numerics;

namespace NativeNet.Tests.Numerics;

public sealed class NormalTests
{
    // PPND7 promises about one part in 10⁷; the roundings of its dozen float operations come on top.
    private const double RelativeBound = 5e-7;

    [Fact]
    public void Quantiles_agree_with_a_double_precision_inversion()
    {
        for (uint m = 0; m < 1u << 23; m += m < 64 ? 1u : 911u)
        {
            double tail = ((2.0 * m) + 1.0) / (1 << 25);
            double x = Normal.FromBits(m << 8);
            double expected = UpperQuantile(tail);
            Assert.True(
                Math.Abs(x - expected) <= RelativeBound * expected,
                FormattableString.Invariant($"tail {tail:G9}: {x:G9}, not {expected:G17}"));
        }
    }

    [Fact]
    public void The_sign_bit_gives_the_exact_negative()
    {
        for (uint bits = 0; bits < 0x8000_0000; bits += 99_991)
            Assert.True(Widths.SameBits(-Normal.FromBits(bits), Normal.FromBits(bits | 0x8000_0000)));
    }

    [Fact]
    public void The_bits_are_pinned()
        => Assert.Equal(
            "09862d73d63d525d", Widths.HashOfBits([.. Enumerable.Range(0, 1 << 14).Select(static m => Normal.FromBits((uint)m << 17))]));

    [Fact]
    public void The_lowest_byte_is_unused() => Assert.Equal(Normal.FromBits(0x1234_5600), Normal.FromBits(0x1234_56FF));

    [Fact]
    public void Mean_and_variance_are_those_of_a_standard_normal_variate()
    {
        const int count = 1_000_000;
        var random = new Philox(11);
        double sum = 0.0, squares = 0.0;
        for (ulong i = 0; i < count; i++)
        {
            double x = random.StandardNormal(0, i);
            sum += x;
            squares += x * x;
        }

        // Five standard deviations: the mean's is 1/√count, the variance's √(2/count).
        Assert.Equal(0.0, sum / count, 5.0 / Math.Sqrt(count));
        Assert.Equal(1.0, squares / count, 5.0 * Math.Sqrt(2.0 / count));
    }

    // Newton's method on the tail's probability, whose derivative is minus the density; convex, so it cannot diverge.
    private static double UpperQuantile(double tail)
    {
        double x = 0.0;
        for (int i = 0; i < 60; i++)
        {
            double step = (UpperTail(x) - tail) / Density(x);
            x += step;
            if (Math.Abs(step) < 1e-15)
                break;
        }

        return x;
    }

    private static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2.0 * Math.PI);

    // Abramowitz and Stegun 26.2.11 (series) near the middle, 26.2.14 (continued fraction) in the tail.
    private static double UpperTail(double x)
    {
        if (x < 2.5)
        {
            double term = x, sum = x;
            for (int k = 3; Math.Abs(term) > 1e-18; k += 2)
            {
                term *= x * x / k;
                sum += term;
            }

            return 0.5 - (Density(x) * sum);
        }

        double fraction = x;
        for (int k = 200; k >= 1; k--)
            fraction = x + (k / fraction);
        return Density(x) / fraction;
    }
}
