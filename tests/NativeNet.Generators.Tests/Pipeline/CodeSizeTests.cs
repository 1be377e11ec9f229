using System.Globalization;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>What is unrolled is a tile: the size of the code does not follow the size of the layers.</summary>
public sealed class CodeSizeTests
{
    [Theory]
    [InlineData(64, 32)]
    [InlineData(200, 10)]
    [InlineData(512, 480)]
    public void A_layer_many_times_as_large_is_no_more_code(int inputs, int units)
    {
        int small = Length(inputs, units), large = Length(inputs * 4, units <= 32 ? units : units * 4);

        Assert.InRange(large, small * 0.9, small * 1.1);
    }

    [Fact]
    public void No_layer_is_more_than_its_bound()
    {
        for (int units = 1; units <= 70; units += units < 36 ? 1 : 9)
        {
            foreach (int inputs in (int[])[1, 7, 16, 33, 64, 100])
                Assert.InRange(Length(inputs, units), 20_000, 160_000);
        }
    }

    /// <summary>Layers that differ in nothing but in where their parameters lie are calls of the same methods.</summary>
    [Theory]
    [InlineData("[48]", """{ "type": "dense", "units": 48, "activation": "relu" }""")]
    [InlineData("[48]", """{ "type": "dense", "units": 48, "bias": false }""")]
    [InlineData("[6, 6, 8]", """{ "type": "conv2d", "filters": 8, "kernelSize": 3, "padding": "same" }""")]
    [InlineData("[6, 6, 8]", """{ "type": "depthwiseConv2d", "kernelSize": 3, "padding": "same" }, { "type": "batchNorm" }, { "type": "conv2d", "filters": 8, "kernelSize": 1 }, { "type": "batchNorm" }""")]
    [InlineData("[9, 12]", """{ "type": "gru", "units": 12, "returnSequences": true }""")]
    public void Layers_of_one_shape_have_their_methods_once(string input, string layers)
    {
        int three = Repeated(3), four = Repeated(4), one = Repeated(1);

        Assert.InRange(four - three, 1, one / 4);

        int Repeated(int times) => Length($$"""{ "input": {{input}}, "layers": [ {{string.Join(", ", Enumerable.Repeat(layers, times))}} ], "loss": "meanSquaredError", "batchSize": 64 }""");
    }

    [Fact]
    public void Another_activation_is_another_method()
    {
        const string Json = """{ "input": [24], "layers": [ { "type": "dense", "units": 24, "activation": "relu" }, { "type": "dense", "units": 24, "activation": "relu" }, { "type": "dense", "units": 24, "activation": "ACTIVATION" } ], "loss": "meanSquaredError", "batchSize": 64 }""";

        Assert.True(Length(Json.Replace("ACTIVATION", "elu", StringComparison.Ordinal)) > 1.2 * Length(Json.Replace("ACTIVATION", "relu", StringComparison.Ordinal)));
    }

    /// <summary>The characters of a network of one layer, at all three widths.</summary>
    private static int Length(int inputs, int units)
        => Length(string.Create(CultureInfo.InvariantCulture, $$"""
            { "input": [{{inputs}}], "layers": [ { "type": "dense", "units": {{units}} } ], "loss": "meanSquaredError", "batchSize": 64 }
            """));

    private static int Length(string json)
        => GeneratorRun.Of("""[NativeNet.Network("n.nn.json")] readonly partial struct N;""", ("n.nn.json", json)).Text().Length;
}
