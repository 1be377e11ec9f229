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
    public void Gradients_are_the_derivatives_of_the_loss(string activation, string loss)
    {
        // The activation of the last layer takes part where the loss allows one.
        string last = loss == "meanSquaredError" ? activation : "none";
        NetworkSpec spec = NetworkSpec.Parse($$"""
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
