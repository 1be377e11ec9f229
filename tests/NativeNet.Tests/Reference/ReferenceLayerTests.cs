using NativeNet.Description;
using NativeNet.Reference;

namespace NativeNet.Tests.Reference;

/// <summary>What layers put out, by hand.</summary>
public sealed class ReferenceLayerTests
{
    [Fact]
    public void The_mean_of_a_window_is_over_the_taps_inside_the_image()
        => Assert.Equal(
            [1, 1.5f, 2, 2.5f, 3.75f, 5, 4, 6, 8],
            Outputs([1, 2, 4, 8], "[2, 2, 1]", """{ "type": "averagePool2d", "poolSize": 2, "strides": 1, "padding": 1 }""", 9));

    /// <summary>
    /// ⟨T x, y⟩ = ⟨x, C y⟩ for a convolution C without biases and the transposed one T with the same weights, channels and filters
    /// turned round.
    /// </summary>
    [Theory]
    [InlineData("[4, 3, 2]", "[8, 6, 3]", "2d", "\"kernelSize\": 3, \"strides\": 2, \"padding\": 1", "\"outputPadding\": 1")]
    [InlineData("[4, 3, 2]", "[8, 6, 3]", "2d", "\"kernelSize\": [5, 4], \"strides\": 2, \"padding\": \"same\"", "\"outputPadding\": 0")]
    [InlineData("[5, 2]", "[9, 3]", "1d", "\"kernelSize\": 3, \"dilation\": 2, \"padding\": \"valid\"", "\"outputPadding\": 0")]
    [InlineData("[5, 2]", "[8, 3]", "1d", "\"kernelSize\": 3, \"dilation\": 2, \"padding\": [1, 0]", "\"outputPadding\": 0")]
    public void A_transposed_convolution_is_the_adjoint_of_one(string small, string large, string type, string walk, string more)
    {
        const string Raw = "\"bias\": false, \"initializer\": \"heUniform\"";
        NetworkSpec down = NetworkSpec.Parse($$"""{ "input": {{large}}, "layers": [{ "type": "conv{{type}}", "filters": 2, {{walk}}, {{Raw}} }], "batchSize": 1 }""");
        NetworkSpec up = NetworkSpec.Parse($$"""{ "input": {{small}}, "layers": [{ "type": "conv{{type}}Transpose", "filters": 3, {{walk}}, {{more}}, {{Raw}} }], "batchSize": 1 }""");
        Assert.Equal((down.Output, down.Input), (up.Input, up.Output));
        var random = new Random(3);
        double[] x = Draw(up.Input.Length), y = Draw(down.Input.Length), weights = Draw(down.ParameterCount), turned = new double[weights.Length];
        for (int n = 0, taps = weights.Length / 6; n < 2; n++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                for (int c = 0; c < 3; c++)
                    turned[(((c * taps) + tap) * 2) + n] = weights[(((n * taps) + tap) * 3) + c];
            }
        }

        double[] enlarged = new ReferenceNetwork<double>(up).Predict(turned, x), reduced = new ReferenceNetwork<double>(down).Predict(weights, y);
        double expected = x.Zip(reduced, static (a, b) => a * b).Sum();
        Assert.True(Math.Abs(expected) > 0.01);
        Assert.Equal(expected, enlarged.Zip(y, static (a, b) => a * b).Sum(), 1e-12);

        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }

    [Fact]
    public void A_position_under_no_window_is_the_bias()
    {
        NetworkSpec spec = NetworkSpec.Parse("""
            { "input": [2, 1], "layers": [{ "type": "conv1dTranspose", "filters": 1, "kernelSize": 1, "strides": 3, "outputPadding": 3 }], "batchSize": 1 }
            """);
        Assert.Equal([2.5f, 0.5f, 0.5f, 6.5f, 0.5f, 0.5f, 0.5f], new ReferenceNetwork<float>(spec).Predict([2, 0.5f], [1, 3]));
    }

    [Fact]
    public void The_global_mean_is_one_number_a_channel()
        => Assert.Equal([2.5f, 25], Outputs([1, 10, 2, 20, 3, 30, 4, 40], "[2, 2, 2]", """{ "type": "globalAveragePool" }""", 2));

    [Fact]
    public void An_add_layer_adds_what_the_named_layer_put_out()
        => Assert.Equal(
            [4, 4, 8, 8],
            Outputs(
                [1, 2, 4, 3],
                "[2, 2, 1]",
                """{ "type": "maxPool2d", "poolSize": [1, 2], "strides": 1, "padding": [0, 1] }, { "type": "maxPool2d", "poolSize": [1, 2], "strides": 1, "name": "rows" }, { "type": "add", "from": "rows" }""",
                4));

    /// <summary>−2⁻²⁴ is half of what −1 can be told from: two of them count together or not at all.</summary>
    [Theory]
    [InlineData("\"input\", \"small\", \"small\"", -1)]
    [InlineData("\"small\", \"small\", \"input\"", -1.00000012f)]
    public void Sums_run_from_left_to_right(string from, float expected)
        => Assert.Equal(
            [expected],
            Outputs(
                [-1],
                "[1]",
                $$"""{ "type": "activation", "activation": "leakyRelu", "negativeSlope": 5.9604645e-8, "name": "small" }, { "type": "add", "from": [{{from}}] }""",
                1));

    [Fact]
    public void A_concat_layer_puts_channels_side_by_side()
        => Assert.Equal(
            [2, 4, 1, 2, 2, 4, 6, 8, 3, 4, 6, 8],
            Outputs(
                [1, 2, 3, 4],
                "[2, 2]",
                """{ "type": "add", "from": "input", "name": "double" }, { "type": "concat", "from": ["double", "input", "double"] }""",
                12));

    /// <summary>The outputs of the layers: a dense layer with the identity as its weights makes them the scores.</summary>
    private static float[] Outputs(float[] input, string shape, string layers, int outputs)
    {
        NetworkSpec spec = NetworkSpec.Parse($$"""
            {
              "input": {{shape}},
              "layers": [{{layers}}, { "type": "flatten" }, { "type": "dense", "units": {{outputs}} }],
              "loss": "meanSquaredError",
              "batchSize": 1
            }
            """);
        var network = new ReferenceNetwork<float>(spec);
        var parameters = new float[network.ParameterCount];
        for (int i = 0; i < outputs; i++)
            parameters[i * (outputs + 1)] = 1;
        return network.Predict(parameters, input);
    }
}
