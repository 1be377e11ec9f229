using NativeNet.Description;
using NativeNet.Reference;

namespace NativeNet.Tests.Reference;

/// <summary>The reference's gradients are the derivatives of its loss: central differences in double.</summary>
public sealed class GradientTests
{
    private const int Count = 5;

    [Theory]
    [InlineData("none", "softmaxCrossEntropy")]
    [InlineData("relu", "softmaxCrossEntropy")]
    [InlineData("leakyRelu", "softmaxCrossEntropy")]
    [InlineData("tanh", "softmaxCrossEntropy")]
    [InlineData("sigmoid", "softmaxCrossEntropy")]
    [InlineData("tanh", "binaryCrossEntropy")]
    [InlineData("relu", "binaryCrossEntropy")]
    [InlineData("none", "meanSquaredError")]
    [InlineData("leakyRelu", "meanSquaredError")]
    [InlineData("tanh", "meanSquaredError")]
    [InlineData("sigmoid", "meanSquaredError")]
    [InlineData("elu", "meanSquaredError")]
    [InlineData("gelu", "meanSquaredError")]
    [InlineData("silu", "softmaxCrossEntropy")]
    [InlineData("hardSwish", "meanSquaredError")]
    [InlineData("softplus", "binaryCrossEntropy")]
    [InlineData("relu6", "softmaxCrossEntropy")]
    public void Gradients_are_the_derivatives_of_the_loss(string activation, string loss)
    {
        // The activation of the last layer takes part where the loss allows one.
        string last = loss == "meanSquaredError" ? activation : "none";
        Check($$"""
            {
              "input": [2, 3],
              "layers": [
                { "type": "flatten" },
                { "type": "dense", "units": 7, "activation": "{{activation}}" },
                { "type": "dense", "units": 5, "activation": "{{activation}}" },
                { "type": "dense", "units": 3, "activation": "{{last}}" }
              ],
              "loss": "{{loss}}",
              "batchSize": 8
            }
            """);
    }

    /// <summary>Every layer stands between two dense ones, so that its own backward pass decides the first one's gradients.</summary>
    [Theory]
    [InlineData(36, """{ "type": "reshape", "shape": [3, 4, 3] }, { "type": "maxPool2d", "poolSize": 2, "strides": 1 }""")]
    [InlineData(40, """{ "type": "reshape", "shape": [5, 4, 2] }, { "type": "averagePool2d", "poolSize": [3, 2], "strides": [2, 1], "padding": 1 }""")]
    [InlineData(60, """{ "type": "reshape", "shape": [3, 4, 5] }, { "type": "globalAveragePool" }""")]
    [InlineData(6, """{ "type": "dense", "units": 6, "activation": "tanh" }, { "type": "add", "from": "first" }""")]
    [InlineData(6, """{ "type": "add", "from": "first" }""")]
    [InlineData(6, """{ "type": "dense", "units": 6 }, { "type": "add", "from": "vector" }, { "type": "add", "from": "first" }""")]
    [InlineData(6, """{ "type": "activation", "activation": "sigmoid" }, { "type": "add", "from": "first" }""")]
    [InlineData(6, """{ "type": "activation", "activation": "gelu" }, { "type": "add", "from": "first" }""")]
    [InlineData(36, """{ "type": "reshape", "shape": [3, 4, 3] }, { "type": "prelu" }""")]
    [InlineData(40, """{ "type": "reshape", "shape": [5, 4, 2] }, { "type": "conv2d", "filters": 3, "kernelSize": [3, 2], "activation": "tanh" }""")]
    [InlineData(40, """{ "type": "reshape", "shape": [5, 4, 2] }, { "type": "conv2d", "filters": 3, "kernelSize": 3, "strides": [2, 1], "padding": "same", "bias": false }""")]
    [InlineData(40, """{ "type": "reshape", "shape": [5, 4, 2] }, { "type": "conv2d", "filters": 2, "kernelSize": 2, "padding": [1, 2], "dilation": [1, 2], "activation": "silu" }""")]
    [InlineData(36, """{ "type": "reshape", "shape": [3, 3, 4] }, { "type": "conv2d", "filters": 6, "kernelSize": 2, "groups": 2, "activation": "sigmoid" }""")]
    [InlineData(36, """{ "type": "reshape", "shape": [3, 4, 3] }, { "type": "depthwiseConv2d", "kernelSize": 3, "padding": 1 }""")]
    [InlineData(36, """{ "type": "reshape", "shape": [3, 4, 3] }, { "type": "depthwiseConv2d", "kernelSize": 2, "depthMultiplier": 2, "strides": 2 }""")]
    [InlineData(36, """{ "type": "reshape", "shape": [18, 2] }, { "type": "conv1d", "filters": 3, "kernelSize": 4, "strides": 3, "dilation": 2, "padding": 3 }""")]
    [InlineData(6, """{ "type": "activation", "activation": "clip", "min": -0.4, "max": 0.3 }, { "type": "add", "from": "first" }""")]
    [InlineData(6, """{ "type": "dense", "units": 6, "bias": false, "activation": "elu", "alpha": 0.4 }, { "type": "add", "from": "first" }""")]
    [InlineData(40, """{ "type": "reshape", "shape": [5, 4, 2] }, { "type": "averagePool2d", "poolSize": [3, 2], "padding": 1, "countPadding": true }""")]
    [InlineData(36, """{ "type": "reshape", "shape": [18, 2] }, { "type": "maxPool1d", "poolSize": 3, "strides": 2, "padding": 1 }""")]
    [InlineData(36, """{ "type": "reshape", "shape": [12, 3] }, { "type": "averagePool1d", "poolSize": 3, "padding": "same", "countPadding": true }""")]
    [InlineData(36, """{ "type": "reshape", "shape": [6, 6] }, { "type": "globalMaxPool" }""")]
    [InlineData(36, """{ "type": "reshape", "shape": [6, 6] }, { "type": "globalAveragePool" }""")]
    [InlineData(24, """{ "type": "reshape", "shape": [3, 4, 2] }, { "type": "upsample2d", "size": [3, 2] }, { "type": "conv2d", "filters": 2, "kernelSize": 3 }""")]
    [InlineData(24, """{ "type": "reshape", "shape": [12, 2] }, { "type": "upsample1d" }, { "type": "conv1d", "filters": 2, "kernelSize": 3 }, { "type": "cropping1d", "before": 4, "behind": 3 }""")]
    [InlineData(40, """{ "type": "reshape", "shape": [5, 4, 2] }, { "type": "conv2d", "filters": 3, "kernelSize": 2, "activation": "tanh" }, { "type": "cropping2d", "top": 1, "left": 1, "bottom": 1 }""")]
    [InlineData(6, """{ "type": "prelu" }, { "type": "add", "from": "first" }""")]
    [InlineData(12, """{ "type": "reshape", "shape": [3, 2, 2] }, { "type": "conv2dTranspose", "filters": 3, "kernelSize": [3, 2], "strides": 2, "padding": 1, "outputPadding": [1, 0], "activation": "tanh" }""")]
    [InlineData(12, """{ "type": "reshape", "shape": [2, 3, 2] }, { "type": "conv2dTranspose", "filters": 2, "kernelSize": 2, "dilation": 2, "padding": "same", "bias": false }""")]
    [InlineData(12, """{ "type": "reshape", "shape": [4, 3] }, { "type": "conv1dTranspose", "filters": 2, "kernelSize": 4, "strides": 3, "padding": "causal", "activation": "silu" }""")]
    [InlineData(20, """{ "type": "reshape", "shape": [5, 4] }, { "type": "rnn", "units": 3 }""")]
    [InlineData(20, """{ "type": "reshape", "shape": [5, 4] }, { "type": "gru", "units": 3 }""")]
    [InlineData(20, """{ "type": "reshape", "shape": [5, 4] }, { "type": "lstm", "units": 3 }""")]
    [InlineData(15, """{ "type": "reshape", "shape": [5, 3] }, { "type": "rnn", "units": 4, "returnSequences": true }""")]
    [InlineData(15, """{ "type": "reshape", "shape": [5, 3] }, { "type": "gru", "units": 4, "returnSequences": true }, { "type": "lstm", "units": 3, "returnSequences": true }""")]
    [InlineData(15, """{ "type": "reshape", "shape": [5, 3] }, { "type": "lstm", "units": 4, "returnSequences": true, "forgetBias": 0 }, { "type": "gru", "units": 3 }""")]
    public void Gradients_pass_through_every_layer(int units, string layers)
        => Check($$"""
            {
              "input": [2, 3],
              "layers": [
                { "type": "flatten", "name": "vector" },
                { "type": "dense", "units": {{units}}, "activation": "tanh", "name": "first" },
                {{layers}},
                { "type": "flatten" },
                { "type": "dense", "units": 3 }
              ],
              "loss": "softmaxCrossEntropy",
              "batchSize": 8
            }
            """);

    private static void Check(string json)
    {
        NetworkSpec spec = NetworkSpec.Parse(json);
        var network = new ReferenceNetwork<double>(spec);
        var random = new Random(7);
        double[] parameters = Draw(random, network.ParameterCount);
        double[] inputs = Draw(random, Count * spec.Input.Length);
        Func<double[], (double Loss, double[] Gradients)> evaluate = Bind(network, random, inputs);

        CentralDifferences.Check(parameters, evaluate);
    }

    private static Func<double[], (double Loss, double[] Gradients)> Bind(
        ReferenceNetwork<double> network, Random random, double[] inputs)
    {
        if (network.Spec.Loss == LossKind.SoftmaxCrossEntropy)
        {
            int[] labels = [.. Enumerable.Range(0, Count).Select(_ => random.Next(3))];
            return parameters => network.Backpropagate(parameters, inputs, labels.AsSpan());
        }

        double[] targets = [.. Enumerable.Range(0, Count * 3).Select(_ => random.NextDouble())];
        return parameters => network.Backpropagate(parameters, inputs, targets.AsSpan());
    }

    private static double[] Draw(Random random, int count)
        => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
}
