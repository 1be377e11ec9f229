using NativeNet.Description;
using NativeNet.Reference;

namespace NativeNet.Tests.Reference;

/// <summary>The derivatives of networks whose layers read any other: central differences in double.</summary>
public sealed class GraphGradientTests
{
    private const int Count = 5;

    /// <summary>A convolution of 1 × 1 with stride 2 beside two of 3 × 3.</summary>
    private const string Projection = """
        { "type": "conv2d", "filters": 2, "kernelSize": 3, "padding": "same", "activation": "tanh", "name": "stem" },
        { "type": "conv2d", "filters": 3, "kernelSize": 3, "strides": 2, "padding": "same", "activation": "sigmoid" },
        { "type": "conv2d", "filters": 3, "kernelSize": 3, "padding": "same", "name": "main" },
        { "type": "conv2d", "filters": 3, "kernelSize": 1, "strides": 2, "from": "stem", "name": "shortcut" },
        { "type": "add", "from": ["main", "shortcut"] },
        { "type": "activation", "activation": "tanh" },
        { "type": "globalAveragePool" }
        """;

    private const string SumOfThree = """
        { "type": "dense", "units": 4, "activation": "tanh", "name": "a" },
        { "type": "dense", "units": 4, "activation": "sigmoid", "from": "input", "name": "b" },
        { "type": "dense", "units": 4, "activation": "tanh", "from": "b", "name": "c" },
        { "type": "add", "from": ["c", "a", "b"] }
        """;

    private const string ConcatOfImages = """
        { "type": "conv2d", "filters": 2, "kernelSize": 2, "activation": "tanh", "name": "left" },
        { "type": "conv2d", "filters": 3, "kernelSize": 2, "activation": "sigmoid", "from": "input", "name": "right" },
        { "type": "concat", "from": ["right", "left"] },
        { "type": "conv2d", "filters": 2, "kernelSize": 2, "activation": "tanh" },
        { "type": "flatten" }
        """;

    private const string ConcatOfVectors = """
        { "type": "dense", "units": 2, "activation": "tanh", "name": "a" },
        { "type": "dense", "units": 3, "activation": "tanh" },
        { "type": "concat", "from": "a", "name": "joined" },
        { "type": "dense", "units": 3, "activation": "tanh", "from": "a", "name": "d" },
        { "type": "concat", "from": ["d", "a", "d", "joined"] },
        { "type": "dense", "units": 4, "activation": "tanh" }
        """;

    private const string ThreeReaders = """
        { "type": "dense", "units": 4, "activation": "tanh", "name": "shared" },
        { "type": "scale", "factor": [0.5, -1.5, 2, 1] },
        { "type": "scale", "factor": -0.75 },
        { "type": "dense", "units": 4, "activation": "sigmoid", "name": "a" },
        { "type": "layerNorm", "from": "shared", "name": "b" },
        { "type": "reshape", "shape": [2, 2], "from": "shared" },
        { "type": "batchNorm" },
        { "type": "flatten", "name": "c" },
        { "type": "add", "from": ["a", "c", "b"] }
        """;

    private const string InputTwice = """
        { "type": "add", "from": "input" },
        { "type": "dense", "units": 4, "activation": "tanh", "name": "doubled" },
        { "type": "dense", "units": 2, "activation": "sigmoid", "from": "input", "name": "plain" },
        { "type": "concat", "from": ["doubled", "input", "plain", "input"] }
        """;

    private const string SameOperandTwice = """
        { "type": "dense", "units": 4, "activation": "tanh", "name": "x" },
        { "type": "add", "from": ["x", "x", "x"] },
        { "type": "activation", "activation": "tanh" },
        { "type": "dense", "units": 4, "name": "y" },
        { "type": "add", "from": "y" }
        """;

    private const string Products = """
        { "type": "dense", "units": 4, "activation": "tanh", "name": "a" },
        { "type": "dense", "units": 4, "activation": "sigmoid", "from": "input", "name": "b" },
        { "type": "multiply", "from": "a", "name": "gated" },
        { "type": "dense", "units": 4, "from": "a", "name": "c" },
        { "type": "multiply", "from": ["c", "gated", "b", "c"] }
        """;

    [Theory]
    [InlineData("[6]", Products)]
    [InlineData("[6, 5, 2]", Projection)]
    [InlineData("[6]", SumOfThree)]
    [InlineData("[4, 3, 2]", ConcatOfImages)]
    [InlineData("[6]", ConcatOfVectors)]
    [InlineData("[6]", ThreeReaders)]
    [InlineData("[6]", InputTwice)]
    [InlineData("[6]", SameOperandTwice)]
    public void Gradients_are_the_derivatives_of_the_loss(string input, string layers)
    {
        NetworkSpec spec = Parse(input, layers);
        var network = new ReferenceNetwork<double>(spec);
        var random = new Random(5);
        double[] inputs = Draw(random, Count * spec.Input.Length);
        int[] labels = [.. Enumerable.Range(0, Count).Select(_ => random.Next(3))];

        CentralDifferences.Check(
            Draw(random, network.ParameterCount), parameters => network.Backpropagate(parameters, inputs, labels.AsSpan()));
    }

    private static NetworkSpec Parse(string input, string layers) => NetworkSpec.Parse($$"""
        {
          "input": {{input}},
          "layers": [{{layers}}, { "type": "dense", "units": 3 }],
          "loss": "softmaxCrossEntropy",
          "batchSize": 8
        }
        """);

    private static double[] Draw(Random random, int count)
        => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
}
