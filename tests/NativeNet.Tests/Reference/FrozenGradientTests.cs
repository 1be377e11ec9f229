using NativeNet.Description;
using NativeNet.Reference;
using NativeNet.Training;

namespace NativeNet.Tests.Reference;

/// <summary>What is frozen has the gradient 0, and what is not has the gradient that it has where nothing is frozen.</summary>
public sealed class FrozenGradientTests
{
    [Theory]
    [InlineData("[6]", """{ "type": "dense", "units": 5, "activation": "tanh", "trainable": false }, { "type": "layerNorm", "trainable": "bias" }""")]
    [InlineData("[6]", """{ "type": "dense", "units": 5, "activation": "tanh" }, { "type": "dense", "units": 4, "activation": "gelu", "trainable": false }""")]
    [InlineData("[4, 5, 3]", """{ "type": "conv2d", "filters": 3, "kernelSize": 2, "trainable": "bias" }, { "type": "prelu", "trainable": false }, { "type": "flatten" }""")]
    [InlineData("[5, 3]", """{ "type": "gru", "units": 4, "returnSequences": true, "trainable": "bias" }, { "type": "lstm", "units": 3, "trainable": false }""")]
    [InlineData("[6]", """{ "type": "dense", "units": 6, "name": "one", "trainable": false }, { "type": "dense", "units": 6, "from": "input" }, { "type": "add", "from": "one" }""")]
    public void Trained_tensors_have_the_bits_of_the_whole_networks_gradient(string input, string layers)
    {
        NetworkSpec frozen = Parse(input, layers), whole = frozen with { Layers = new([.. frozen.Layers.Select(static layer => layer with { Trainable = TrainableParts.All })]) };
        var random = new Random(5);
        float[] parameters = Draw(random, frozen.ParameterCount), inputs = Draw(random, frozen.BatchSize * frozen.Input.Length);
        int[] labels = [.. Enumerable.Range(0, frozen.BatchSize).Select(_ => random.Next(3))];

        (float loss, float[] gradients) = new ReferenceNetwork<float>(frozen).Backpropagate(parameters, inputs, labels.AsSpan());
        (float wholeLoss, float[] wholeGradients) = new ReferenceNetwork<float>(whole).Backpropagate(parameters, inputs, labels.AsSpan());

        bool[] isTrained = IsTrained(frozen);
        Assert.Equal(wholeLoss, loss);
        Assert.Contains(false, isTrained);
        Assert.Contains(Enumerable.Range(0, parameters.Length), i => !isTrained[i] && wholeGradients[i] != 0);
        for (int i = 0; i < parameters.Length; i++)
            Assert.Equal(BitConverter.SingleToUInt32Bits(isTrained[i] ? wholeGradients[i] : 0f), BitConverter.SingleToUInt32Bits(gradients[i]));
    }

    /// <summary>By its running averages a batchNorm is another function, whose derivative is its own.</summary>
    [Theory]
    [InlineData("[6]", """{ "type": "dense", "units": 5, "activation": "tanh" }, { "type": "batchNorm", "trainable": false }""")]
    [InlineData("[4, 5, 3]", """{ "type": "conv2d", "filters": 3, "kernelSize": 2 }, { "type": "batchNorm", "epsilon": 0.1, "trainable": "bias" }, { "type": "flatten" }""")]
    public void Gradients_through_a_frozen_batchNorm_are_the_derivatives_of_the_loss(string input, string layers)
    {
        NetworkSpec spec = Parse(input, layers);
        var network = new ReferenceNetwork<double>(spec);
        var random = new Random(11);
        double[] inputs = [.. Draw(random, spec.BatchSize * spec.Input.Length).Select(static x => (double)x)];
        double[] all = [.. Draw(random, spec.ParameterCount).Select(static x => 0.1 + Math.Abs(x))];
        int[] labels = [.. Enumerable.Range(0, spec.BatchSize).Select(_ => random.Next(3))];
        int[] trained = [.. IsTrained(spec).Index().Where(static own => own.Item).Select(static own => own.Index)];

        CentralDifferences.Check([.. trained.Select(i => all[i])], values =>
        {
            double[] parameters = [.. all];
            foreach ((int place, int i) in trained.Index())
                parameters[i] = values[place];
            (double loss, double[] gradients) = network.Backpropagate(parameters, inputs, labels.AsSpan());
            return (loss, [.. trained.Select(i => gradients[i])]);
        });
        double[] moved = [.. all];
        network.UpdateRunningAverages(moved, inputs);
        Assert.Equal(all, moved);
    }

    /// <summary>Where a frozen part comes first, the rest is a network of its own over what that puts out.</summary>
    [Fact]
    public void A_head_behind_a_frozen_part_learns_as_a_network_over_its_outputs()
    {
        NetworkSpec whole = Parse("[6]", """{ "type": "dense", "units": 5, "activation": "relu", "trainable": false }""");
        NetworkSpec extractor = NetworkSpec.Parse("""{ "input": [6], "layers": [{ "type": "dense", "units": 5, "activation": "relu" }], "batchSize": 18 }""");
        NetworkSpec head = NetworkSpec.Parse("""{ "input": [5], "layers": [{ "type": "dense", "units": 3 }], "loss": "softmaxCrossEntropy", "batchSize": 18 }""");
        var random = new Random(3);
        float[] parameters = Draw(random, whole.ParameterCount), inputs = Draw(random, 18 * 6);
        int[] labels = [.. Enumerable.Range(0, 18).Select(_ => random.Next(3))];

        float[] features = new ReferenceNetwork<float>(extractor).Predict(parameters.AsSpan(0, extractor.ParameterCount), inputs);
        var rule = new Sgd(0.1f, 0.01f);
        float[] own = parameters[extractor.ParameterCount..];
        for (int step = 0; step < 3; step++)
        {
            float[] gradients = new ReferenceNetwork<float>(whole).Backpropagate(parameters, inputs, labels.AsSpan()).Gradients;
            float[] ownGradients = new ReferenceNetwork<float>(head).Backpropagate(own, features, labels.AsSpan()).Gradients;
            float none = 0;
            for (int i = 0; i < own.Length; i++)
            {
                ref float one = ref parameters[extractor.ParameterCount + i];
                one = rule.Update(one, gradients[extractor.ParameterCount + i], ref none, ref none);
                own[i] = rule.Update(own[i], ownGradients[i], ref none, ref none);
            }

            Assert.Equal(own, parameters[extractor.ParameterCount..]);
        }
    }

    private static NetworkSpec Parse(string input, string layers) => NetworkSpec.Parse($$"""
        { "input": {{input}}, "layers": [{{layers}}, { "type": "dense", "units": 3 }], "loss": "softmaxCrossEntropy", "batchSize": 18 }
        """);

    private static bool[] IsTrained(NetworkSpec spec)
        => [.. spec.Layers.SelectMany(static layer => layer.Parameters.SelectMany(tensor => Enumerable.Repeat(layer.IsTrained(tensor), tensor.Count)))];

    private static float[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
}
