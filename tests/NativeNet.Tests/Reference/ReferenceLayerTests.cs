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
