using NativeNet.Description;
using NativeNet.Reference;

namespace NativeNet.Tests.Reference;

/// <summary>The derivatives of layers that look at more than one value: central differences in double.</summary>
public sealed class NormalizationGradientTests
{
    [Theory]
    [InlineData("[6]", """{ "type": "dense", "units": 5, "activation": "tanh" }, { "type": "layerNorm" }""")]
    [InlineData("[6]", """{ "type": "layerNorm", "epsilon": 0.1 }, { "type": "dense", "units": 5 }, { "type": "layerNorm" }""")]
    [InlineData("[4, 5, 3]", """{ "type": "layerNorm" }, { "type": "maxPool2d" }, { "type": "layerNorm" }, { "type": "flatten" }""")]
    [InlineData("[6]", """{ "type": "batchNorm" }, { "type": "dense", "units": 5, "activation": "tanh" }, { "type": "batchNorm" }""")]
    [InlineData("[4, 5, 3]", """{ "type": "batchNorm", "epsilon": 0.1 }, { "type": "maxPool2d" }, { "type": "batchNorm" }, { "type": "layerNorm" }, { "type": "flatten" }""")]
    [InlineData("[6]", """{ "type": "dense", "units": 5 }, { "type": "softmax" }""")]
    [InlineData("[4, 5, 3]", """{ "type": "conv2d", "filters": 3, "kernelSize": 2 }, { "type": "softmax", "name": "shares" }, { "type": "multiply", "from": "shares" }, { "type": "flatten" }""")]
    [InlineData("[6]", """{ "type": "dense", "units": 9 }, { "type": "dropout", "rate": 0.3 }, { "type": "batchNorm" }, { "type": "dropout", "rate": 0.5 }""")]
    [InlineData("[4, 5, 2]", """{ "type": "conv2d", "filters": 3, "kernelSize": 2, "bias": false }, { "type": "batchNorm" }, { "type": "dropout", "rate": 0.2 }, { "type": "flatten" }""")]
    public void Gradients_are_the_derivatives_of_the_loss(string input, string layers)
    {
        NetworkSpec spec = NetworkSpec.Parse($$"""
            {
              "input": {{input}},
              "layers": [{{layers}}, { "type": "dense", "units": 3 }],
              "loss": "softmaxCrossEntropy",
              "batchSize": 18
            }
            """);
        var network = new ReferenceNetwork<double>(spec);
        var random = new Random(11);
        double[] inputs = Draw(random, spec.BatchSize * spec.Input.Length);
        int[] labels = [.. Enumerable.Range(0, spec.BatchSize).Select(_ => random.Next(3))];

        CentralDifferences.Check(
            Draw(random, network.ParameterCount), parameters => network.Backpropagate(parameters, inputs, labels.AsSpan()));
    }

    private static double[] Draw(Random random, int count)
        => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
}
