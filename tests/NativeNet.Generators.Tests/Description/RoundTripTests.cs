using System.Globalization;
using NativeNet.Description;
using NativeNet.Tests.Shared;

namespace NativeNet.Generators.Tests.Description;

/// <summary>What is accepted can be written and read back as the same network.</summary>
public sealed class RoundTripTests
{
    private const string Last = """{ "type": "dense", "units": 2 }""";

    [Fact]
    public void Random_graphs_are_right_and_come_back()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            NetworkSpec spec = NetworkSpec.Parse(RandomGraphs.Create(seed));
            Check(spec);
        }
    }

    [Fact]
    public void Networks_at_the_limits_of_their_keys_come_back()
    {
        int accepted = 0, depthwise = 0, far = 0;
        for (int seed = 0; seed < 3000; seed++)
        {
            if (NetworkParser.Parse(RandomGraphs.CreateWide(seed)).Spec is not { } spec)
                continue;

            Check(spec);
            accepted++;
            depthwise += spec.Layers.Count(static layer => layer is ConvSpec { Filters: > NetworkLimits.Size });
            far += spec.Layers.Count(static layer => layer is ConvSpec { Window.Horizontal.Before: > NetworkLimits.WindowSide });
        }

        // What a plain conv2d, or a number, could not say is among them.
        Assert.InRange(accepted, 1000, 3000);
        Assert.InRange(depthwise, 10, int.MaxValue);
        Assert.InRange(far, 10, int.MaxValue);
    }

    [Theory]
    [InlineData("[600, 2]", """{ "type": "conv1d", "filters": 2, "kernelSize": 11, "dilation": 53, "padding": "same" }, { "type": "flatten" }""")]
    [InlineData("[6, 2]", """{ "type": "conv1dTranspose", "filters": 2, "kernelSize": 3, "strides": 4, "padding": "causal", "outputPadding": 65536 }, { "type": "globalMaxPool" }""")]
    [InlineData("[6, 2]", """{ "type": "conv1dTranspose", "filters": 2, "kernelSize": 5, "dilation": 3, "strides": 4, "padding": [3, 0], "outputPadding": 2 }, { "type": "globalMaxPool" }""")]
    [InlineData("[6, 2]", """{ "type": "conv1dTranspose", "filters": 2, "kernelSize": 5, "strides": 2, "padding": [0, 4] }, { "type": "globalMaxPool" }""")]
    [InlineData("[3, 2, 2]", """{ "type": "conv2dTranspose", "filters": 2, "kernelSize": [200, 5], "dilation": 7, "padding": "same", "outputPadding": [0, 9] }, { "type": "globalMaxPool" }""")]
    [InlineData("[3, 2, 2]", """{ "type": "conv2dTranspose", "filters": 2, "kernelSize": [3, 4], "strides": 2, "padding": [1, 2], "outputPadding": 1 }, { "type": "globalMaxPool" }""")]
    [InlineData("[3, 2, 2]", """{ "type": "conv2dTranspose", "filters": 2, "kernelSize": [3, 6], "strides": [2, 3], "padding": [2, 0], "outputPadding": [0, 1] }, { "type": "globalMaxPool" }""")]
    [InlineData("[2, 2, 40000]", """{ "type": "depthwiseConv2d", "kernelSize": 1, "depthMultiplier": 2 }, { "type": "globalAveragePool" }""")]
    [InlineData("[4, 4, 2]", """{ "type": "depthwiseConv2d", "kernelSize": 3, "name": "a" }, { "type": "flatten", "from": "input" }, { "type": "reshape", "shape": [2, 2, 8] }, { "type": "concat", "from": "a" }, { "type": "globalAveragePool" }""")]
    [InlineData("[6]", """{ "type": "dense", "units": 6, "from": "input", "name": "a" }, { "type": "add", "from": ["a", "input", "a"] }""")]
    [InlineData("[6]", """{ "type": "dense", "units": 6, "name": "a" }, { "type": "dropout", "rate": 0.5, "from": "a", "name": "b" }, { "type": "add", "from": ["b", "a"] }""")]
    public void What_few_networks_say_comes_back(string input, string layers)
        => Check(NetworkSpec.Parse($$"""{ "input": {{input}}, "layers": [{{layers}}, {{Last}}], "loss": "meanSquaredError", "batchSize": 1 }"""));

    [Fact]
    public void A_network_is_written_as_short_as_it_was_read()
    {
        const string Layers = """{"type":"flatten","name":"x"},{"type":"flatten","from":"input","name":"y"},{"type":"add","from":"x","name":"z"},{"type":"concat","from":["y","x","z"]}""";
        NetworkSpec spec = NetworkSpec.Parse($$"""{ "input": [4], "layers": [{{Layers}}, {{Last}}], "loss": "meanSquaredError", "batchSize": 1 }""");

        Assert.StartsWith("""{"input":[4],"layers":[""" + Layers, NetworkJson.Write(spec), StringComparison.Ordinal);
    }

    /// <summary>Names whose escapes are too long, and files that are as long as they may be without their defaults.</summary>
    [Theory]
    [InlineData(40_000, 'ä', true)]
    [InlineData(50_000, 'ä', false)]
    [InlineData(250_000, 'a', true)]
    [InlineData(262_000, 'a', false)]
    public void A_file_that_would_be_too_long_in_full_is_refused(int length, char letter, bool accepted)
    {
        string text = $$"""{ "input": [4], "layers": [{ "type": "dense", "units": 2, "name": "{{new string(letter, length)}}" }], "loss": "meanSquaredError", "batchSize": 1 }""";

        NetworkParseResult result = NetworkParser.Parse(text);

        Assert.Equal(accepted, result.Spec is not null);
        if (result.Spec is { } spec)
        {
            Check(spec);
            return;
        }

        NetworkDiagnostic found = Assert.Single(result.Diagnostics);
        Assert.Equal("NNET0003", found.Id);
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"The network with all its defaults and escapes has {found.Arguments[1]} characters; a network description may have 262144"),
            found.Message);
    }

    [Fact]
    public void A_layer_without_a_name_cannot_be_spoken_of()
    {
        NetworkSpec spec = NetworkSpec.Parse($$"""{ "input": [4], "layers": [{ "type": "flatten", "name": "x" }, { "type": "prelu" }, { "type": "add", "from": "x" }, {{Last}}], "loss": "meanSquaredError", "batchSize": 1 }""");
        NetworkSpec nameless = spec with { Layers = new EquatableArray<LayerSpec>([.. spec.Layers.Select(static layer => layer with { Name = null })]) };

        Assert.Equal(
            "Layer 2 reads layer 0, which has no name. (Parameter 'network')",
            Assert.Throws<ArgumentException>(() => NetworkJson.Write(nameless)).Message);
    }

    private static void Check(NetworkSpec spec)
    {
        Assert.Equal(spec, NetworkSpec.Parse(NetworkJson.Write(spec)));
        Assert.Equal(spec, NetworkSpec.Parse(NetworkJson.WriteFile(spec)));
    }
}
