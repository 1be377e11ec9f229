using NativeNet.Description;
using NativeNet.Reference;

namespace NativeNet.Tests.Reference;

/// <summary>The derivatives of networks that score every frame or position, whatever their last layer is: central differences in double.</summary>
public sealed class FrameGradientTests
{
    private const int Count = 4;

    private const string Labelled = """
        { "type": "conv1d", "filters": 4, "kernelSize": 3, "padding": "causal", "activation": "tanh" },
        { "type": "dense", "units": 5, "activation": "silu" },
        { "type": "dense", "units": 3 }
        """;

    private const string Gated = """
        { "type": "dense", "units": 4, "name": "stem" },
        { "type": "conv1d", "filters": 4, "kernelSize": 3, "dilation": 2, "padding": "causal", "activation": "tanh", "name": "values" },
        { "type": "conv1d", "filters": 4, "kernelSize": 2, "dilation": 3, "padding": [1, 2], "activation": "sigmoid", "from": "stem", "name": "gate" },
        { "type": "multiply", "from": ["values", "gate"] },
        { "type": "dense", "units": 4 },
        { "type": "add", "from": "stem" },
        { "type": "conv1d", "filters": 2, "kernelSize": 1 }
        """;

    private const string Averaged = """
        { "type": "conv2d", "filters": 3, "kernelSize": 3, "padding": "same", "activation": "tanh" },
        { "type": "conv2d", "filters": 3, "kernelSize": 2 },
        { "type": "globalAveragePool" }
        """;

    private const string Normalized = """
        { "type": "conv2d", "filters": 3, "kernelSize": 2, "activation": "tanh" },
        { "type": "batchNorm" }
        """;

    [Theory]
    [InlineData("[7, 2]", Labelled, "softmaxCrossEntropy")]
    [InlineData("[7, 2]", Labelled, "binaryCrossEntropy")]
    [InlineData("[8, 2]", Gated, "meanSquaredError")]
    [InlineData("[8, 2]", Gated, "softmaxCrossEntropy")]
    [InlineData("[4, 5, 2]", Averaged, "softmaxCrossEntropy")]
    [InlineData("[4, 5, 2]", Normalized, "softmaxCrossEntropy")]
    [InlineData("[4, 5, 2]", Normalized, "meanSquaredError")]
    public void Gradients_are_the_derivatives_of_the_loss(string input, string layers, string loss)
    {
        var spec = NetworkSpec.Parse($$"""{ "input": {{input}}, "layers": [{{layers}}], "loss": "{{loss}}", "batchSize": 8 }""");
        var network = new ReferenceNetwork<double>(spec);
        var random = new Random(5);
        double[] inputs = Draw(random, Count * spec.Input.Length), parameters = Draw(random, network.ParameterCount);
        int[] labels = [.. Enumerable.Range(0, Count * spec.TargetLength).Select(_ => random.Next(spec.Output.Channels))];
        double[] values = [.. Enumerable.Range(0, Count * spec.Output.Length).Select(_ => random.NextDouble())];

        CentralDifferences.Check(parameters, own => spec.Loss == LossKind.SoftmaxCrossEntropy
            ? network.Backpropagate(own, inputs, labels.AsSpan())
            : network.Backpropagate(own, inputs, values.AsSpan()));
    }

    [Fact]
    public void Gradients_are_the_derivatives_of_a_loss_whose_classes_have_weights()
    {
        var spec = NetworkSpec.Parse($$"""{ "input": [7, 2], "layers": [{{Labelled}}], "loss": "softmaxCrossEntropy", "batchSize": 8 }""");
        var network = new ReferenceNetwork<double>(spec);
        var random = new Random(6);
        double[] inputs = Draw(random, Count * spec.Input.Length), parameters = Draw(random, network.ParameterCount), weights = [0.25, 3, 0];
        int[] labels = [.. Enumerable.Range(0, Count * spec.TargetLength).Select(_ => random.Next(spec.Output.Channels))];

        CentralDifferences.Check(parameters, own => network.Backpropagate(own, inputs, labels.AsSpan(), classWeights: weights));
    }

    /// <summary>The mean over the positions whatever they weigh: those of one class alone, in their share.</summary>
    [Fact]
    public void Weights_multiply_the_losses_of_their_classes()
    {
        var spec = NetworkSpec.Parse("""{ "input": [2], "layers": [{ "type": "dense", "units": 3 }], "loss": "softmaxCrossEntropy", "batchSize": 8 }""");
        var network = new ReferenceNetwork<double>(spec);
        double[] parameters = Draw(new Random(7), network.ParameterCount), inputs = [1, 2, -1, 0.5, 3, -2];

        double weighted = network.Backpropagate(parameters, inputs, [2, 0, 0], classWeights: [3, 1, 0.5]).Loss;

        double single = network.Loss(parameters, inputs.AsSpan(0, 2), [2]), others = network.Loss(parameters, inputs.AsSpan(2), [0, 0]);
        Assert.Equal(((0.5 * single) + (3 * 2 * others)) / 3, weighted, 1e-12);
    }

    /// <summary>The mean over positions: scores that are all alike cost the logarithm of the classes, however many positions there are.</summary>
    [Fact]
    public void A_loss_over_positions_is_their_mean()
    {
        var spec = NetworkSpec.Parse("""{ "input": [7, 2], "layers": [{ "type": "dense", "units": 3 }], "loss": "softmaxCrossEntropy", "batchSize": 8 }""");
        var network = new ReferenceNetwork<double>(spec);

        double loss = network.Loss(new double[network.ParameterCount], new double[2 * spec.Input.Length], new int[2 * 7].AsSpan());

        Assert.Equal(Math.Log(3), loss, 1e-12);
    }

    private static double[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
}
