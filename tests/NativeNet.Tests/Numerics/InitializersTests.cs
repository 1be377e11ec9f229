using NativeNet.Description;
using NativeNet.Numerics;

namespace NativeNet.Tests.Numerics;

public sealed class InitializersTests
{
    private const int Inputs = 60, Units = 40, Layer = 3;

    private static readonly Philox Random = new(42);

    [Theory]
    [InlineData(InitializerKind.HeNormal, 0.18257418583505536)]
    [InlineData(InitializerKind.HeUniform, 0.31622776601683794)]
    [InlineData(InitializerKind.GlorotUniform, 0.24494897427831780)]
    [InlineData(InitializerKind.Normal, 1.0)]
    public void The_scale_is_the_formula_times_the_gain(InitializerKind kind, double expected)
        => Assert.Equal(0.6 * expected, Initializers.Scale(new(kind, 0.6f), Inputs, Units), 1e-7);

    [Theory]
    [InlineData(InitializerKind.HeNormal)]
    [InlineData(InitializerKind.HeUniform)]
    [InlineData(InitializerKind.GlorotUniform)]
    [InlineData(InitializerKind.Normal)]
    public void A_weight_is_the_variate_at_its_row_major_place(InitializerKind kind)
    {
        var initializer = new InitializerSpec(kind, 2f);
        bool normal = kind is InitializerKind.HeNormal or InitializerKind.Normal;
        const int k = 7, n = 11;
        const ulong place = (n * Inputs) + k;

        float variate = normal ? Random.StandardNormal(Layer, place) : Random.SymmetricUniform(Layer, place);
        Assert.Equal(Initializers.Scale(initializer, Inputs, Units) * variate, Weight(initializer, k, n));
    }

    [Theory]
    [InlineData(InitializerKind.HeNormal, 2.0 / Inputs)]
    [InlineData(InitializerKind.HeUniform, 2.0 / Inputs)]
    [InlineData(InitializerKind.GlorotUniform, 2.0 / (Inputs + Units))]
    [InlineData(InitializerKind.Normal, 1.0)]
    public void A_layer_has_the_variance_of_its_initializer(InitializerKind kind, double variance)
    {
        double squares = 0.0;
        for (int n = 0; n < Units; n++)
        {
            for (int k = 0; k < Inputs; k++)
                squares += Math.Pow(Weight(new(kind, 1f), k, n), 2.0);
        }

        // Five standard deviations of the mean square; a normal variate's is the larger, √2 of the variance.
        double tolerance = 5.0 * variance * Math.Sqrt(2.0 / (Inputs * Units));
        Assert.Equal(variance, squares / (Inputs * Units), tolerance);
    }

    [Fact]
    public void An_unknown_kind_is_refused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => Initializers.Scale(new((InitializerKind)99, 1f), 1, 1));

    private static float Weight(InitializerSpec initializer, int k, int n)
        => Initializers.Weight(initializer, Random, Layer, Inputs, Units, k, n);
}
