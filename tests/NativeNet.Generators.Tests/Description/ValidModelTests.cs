using System.Globalization;
using NativeNet.Description;

namespace NativeNet.Generators.Tests.Description;

public sealed class ValidModelTests
{
    private static readonly ActivationSpec NoActivation = new(ActivationKind.None, 0);
    private static readonly InitializerSpec HeNormal = new(InitializerKind.HeNormal, 1);

    [Theory]
    [InlineData("deep", 64, "32 32 32 32 32 10", 1438, 6634)]
    [InlineData("digits", 64, "32 10", 32, 2410)]
    [InlineData("mnist", 784, "128 64 10", 64, 109386)]
    [InlineData("mnist-wide", 784, "512 512 10", 64, 669706)]
    public void The_models_are_what_they_say(string name, int inputs, string units, int batchSize, int parameters)
    {
        NetworkSpec spec = NetworkSpec.Parse(File.ReadAllText(Path.Combine(ModelFiles.Models, name + ".nn.json")));

        DenseSpec[] dense = [.. spec.Layers.OfType<DenseSpec>()];
        Assert.Equal(inputs, dense[0].Inputs);
        Assert.Equal(units, string.Join(' ', dense.Select(static layer => layer.Units.ToString(CultureInfo.InvariantCulture))));
        Assert.All(dense[..^1], static layer => Assert.Equal(ActivationKind.Relu, layer.Activation.Kind));
        Assert.Equal(NoActivation, dense[^1].Activation);
        Assert.Equal(LossKind.SoftmaxCrossEntropy, spec.Loss);
        Assert.Equal(batchSize, spec.BatchSize);
        Assert.Equal(parameters, spec.ParameterCount);
    }

    [Fact]
    public void There_is_an_expectation_for_every_model()
        => Assert.Equal(
            [
                "autoencoder.nn.json", "deep.nn.json", "digits.nn.json", "gru.nn.json", "keywords.nn.json", "lenet.nn.json", "lstm.nn.json", "mnist-wide.nn.json",
                "mnist.nn.json", "mobilenet.nn.json", "resnet.nn.json", "resnet8.nn.json", "separable.nn.json", "wavenet.nn.json",
            ],
            ModelFiles.Valid.Select(static path => Path.GetFileName(path)));

    [Fact]
    public void The_example_in_the_documentation_is_the_digits_model()
    {
        string readme = File.ReadAllText(Path.Combine(ModelFiles.Models, "README.md"));
        string digits = File.ReadAllText(Path.Combine(ModelFiles.Models, "digits.nn.json"));

        Assert.Contains("```json\n" + digits + "```", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Absent_keys_take_their_defaults()
    {
        var expected = new DenseSpec(0, Shape.Of(4), Shape.Of(3), NoActivation, HeNormal);

        Assert.Equal([expected], Layers("""{ "type": "dense", "units": 3 }"""));
    }

    [Fact]
    public void Every_word_has_its_kind()
    {
        Assert.Equal(
            [
                new ActivationSpec(ActivationKind.None, 0),
                new ActivationSpec(ActivationKind.Relu, 0),
                new ActivationSpec(ActivationKind.LeakyRelu, 0.01f),
                new ActivationSpec(ActivationKind.LeakyRelu, 0.125f),
                new ActivationSpec(ActivationKind.Tanh, 0),
                new ActivationSpec(ActivationKind.Sigmoid, 0),
                new ActivationSpec(ActivationKind.Elu, 0) { Alpha = 1 },
                new ActivationSpec(ActivationKind.Gelu, 0),
                new ActivationSpec(ActivationKind.Silu, 0),
                new ActivationSpec(ActivationKind.HardSwish, 0),
                new ActivationSpec(ActivationKind.Softplus, 0),
                new ActivationSpec(ActivationKind.Relu6, 0) { Maximum = 6 },
                new ActivationSpec(ActivationKind.Clip, 0) { Minimum = -2, Maximum = 0.5f },
                new ActivationSpec(ActivationKind.Elu, 0) { Alpha = 0.25f },
            ],
            Layers(
                """
                { "type": "dense", "units": 3, "activation": "none" },
                { "type": "dense", "units": 3, "activation": "relu" },
                { "type": "dense", "units": 3, "activation": "leakyRelu" },
                { "type": "dense", "units": 3, "activation": "leakyRelu", "negativeSlope": 1.25e-1 },
                { "type": "dense", "units": 3, "activation": "tanh" },
                { "type": "dense", "units": 3, "activation": "sigmoid" },
                { "type": "dense", "units": 3, "activation": "elu" },
                { "type": "dense", "units": 3, "activation": "gelu" },
                { "type": "dense", "units": 3, "activation": "silu" },
                { "type": "dense", "units": 3, "activation": "hardSwish" },
                { "type": "dense", "units": 3, "activation": "softplus" },
                { "type": "dense", "units": 3, "activation": "relu6" },
                { "type": "dense", "units": 3, "activation": "clip", "min": -2, "max": 0.5 },
                { "type": "dense", "units": 3, "activation": "elu", "alpha": 0.25 }
                """).Cast<DenseSpec>().Select(static layer => layer.Activation));

        Assert.Equal(
            [
                new InitializerSpec(InitializerKind.HeNormal, 1),
                new InitializerSpec(InitializerKind.HeUniform, 2),
                new InitializerSpec(InitializerKind.GlorotUniform, 1),
                new InitializerSpec(InitializerKind.Normal, 0.1f),
            ],
            Layers(
                """
                { "type": "dense", "units": 3, "initializer": "heNormal" },
                { "type": "dense", "units": 3, "initializer": "heUniform", "gain": 2 },
                { "type": "dense", "units": 3, "initializer": "glorotUniform" },
                { "type": "dense", "units": 3, "initializer": "normal", "gain": 0.1 }
                """).Cast<DenseSpec>().Select(static layer => layer.Initializer));
    }

    [Fact]
    public void Layers_carry_their_place_in_the_file_and_the_shapes_between()
        => Assert.Equal(
            [
                new FlattenSpec(0, Shape.Of(2, 3, 4), Shape.Of(24)),
                new DenseSpec(1, Shape.Of(24), Shape.Of(5), NoActivation, HeNormal),
                new FlattenSpec(2, Shape.Of(5), Shape.Of(5)),
                new DenseSpec(3, Shape.Of(5), Shape.Of(2), NoActivation, HeNormal),
            ],
            Layers(
                """
                { "type": "flatten" },
                { "type": "dense", "units": 5 },
                { "type": "flatten" },
                { "type": "dense", "units": 2 }
                """,
                "[2, 3, 4]"));

    [Theory]
    [InlineData("""{ "type": "reshape", "shape": [2, 2, 1], "name": "a\"\\\n\uD800ä" }, { "type": "add", "from": "a\"\\\n\uD800ä" }, { "type": "flatten" }""")]
    [InlineData("""{ "type": "reshape", "shape": [2, 2, 1] }, { "type": "averagePool2d", "poolSize": [1, 2], "padding": "same" }, { "type": "globalAveragePool", "name": "" }""")]
    [InlineData("""{ "type": "activation", "activation": "leakyRelu", "negativeSlope": 0.3 }, { "type": "prelu", "name": "slopes" }""")]
    [InlineData("""{ "type": "normalization" }, { "type": "scale", "factor": -2 }, { "type": "flatten" }, { "type": "scale", "factor": 0.1 }""")]
    public void Layers_are_written_as_they_are_read(string layers)
    {
        NetworkSpec spec = NetworkSpec.Parse(Network(layers + """, { "type": "dense", "units": 2, "name": "scores" }"""));

        Assert.Equal(spec, NetworkSpec.Parse(NetworkJson.Write(spec)));
        Assert.Equal("scores", spec.Layers[^1].Name);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fi-FI")]
    [InlineData("tr-TR")]
    public void Numbers_and_words_are_read_alike_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            var dense = (DenseSpec)Layers("""{ "type": "dense", "units": 3, "initializer": "glorotUniform", "gain": 1.5 }""")[0];
            Assert.Equal(new InitializerSpec(InitializerKind.GlorotUniform, 1.5f), dense.Initializer);

            Marked.VerifyMessage(Network("""{ "type": "dense", "units": «-1» }"""), "NNET0011", "'units' must be from 1 to 65536, not -1");
            Marked.VerifyMessage(
                Network("""{ "type": "dense", "units": 3, "initializer": «"GLOROTUNIFORN"» }"""),
                "NNET0007",
                "Unknown initializer 'GLOROTUNIFORN'; did you mean 'glorotUniform'?");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static EquatableArray<LayerSpec> Layers(string layers, string input = "[4]")
        => NetworkSpec.Parse(Network(layers, input)).Layers;

    private static string Network(string layers, string input = "[4]")
        => $$"""{ "input": {{input}}, "layers": [{{layers}}], "loss": "meanSquaredError", "batchSize": 1 }""";
}
