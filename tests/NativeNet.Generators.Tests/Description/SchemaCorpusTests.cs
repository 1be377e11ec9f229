using System.Text.Json;
using NativeNet.Description;

namespace NativeNet.Generators.Tests.Description;

/// <summary>An editor that goes by the schema and a build that goes by the code agree on files.</summary>
public sealed class SchemaCorpusTests
{
    /// <summary>Mistakes that no schema sees: of the text itself, or between parts of the network.</summary>
    private static readonly HashSet<string> BeyondSchemas =
    [
        "NNET0001", "NNET0002", "NNET0003", "NNET0005", "NNET0013", "NNET0014", "NNET0015", "NNET0018", "NNET0019",
        "NNET0020", "NNET0021", "NNET0022", "NNET0023", "NNET0024", "NNET0025", "NNET0026", "NNET0027", "NNET0028", "NNET0029",
        "NNET0030", "NNET0031", "NNET0032", "NNET0033", "NNET0034", "NNET0035", "NNET0036", "NNET0037", "NNET0038", "NNET0039",
    ];

    private static readonly SchemaEvaluator Schema = new(
        Parse(File.ReadAllText(Path.Combine(ModelFiles.Models, "network.schema.json")))!.Value);

    [Fact]
    public void The_schema_accepts_the_models()
        => Assert.All(ModelFiles.Valid, static path => Assert.True(Schema.Accepts(Parse(File.ReadAllText(path))!.Value)));

    [Fact]
    public void The_schema_refuses_the_mistakes_that_a_schema_can_express()
        => Assert.All(ModelFiles.Invalid, static path =>
        {
            if (Parse(File.ReadAllText(path)) is { } file)
                Assert.Equal(BeyondSchemas.Contains(Path.GetFileName(path)[..8]), Schema.Accepts(file));
            else
                Assert.Contains(Path.GetFileName(path)[..8], (string[])["NNET0001", "NNET0002"]);
        });

    [Theory]
    [InlineData("""{ "type": "dense", "units": 2, "activation": "leakyRelu", "negativeSlope": 0.5 }""", true)]
    [InlineData("""{ "type": "dense", "units": 2, "activation": "leakyRelu", "negativeSlope": 1 }""", false)]
    [InlineData("""{ "type": "dense", "units": 2, "activation": "leakyRelu", "negativeSlope": 0 }""", false)]
    [InlineData("""{ "type": "dense", "units": 2, "negativeSlope": 0.5 }""", false)]
    [InlineData("""{ "type": "dense", "units": 2, "bias": false, "activation": "elu", "alpha": 0.5 }""", true)]
    [InlineData("""{ "type": "dense", "units": 2, "activation": "elu", "alpha": 0 }""", false)]
    [InlineData("""{ "type": "dense", "units": 2, "activation": "relu", "alpha": 0.5 }""", false)]
    [InlineData("""{ "type": "dense", "units": 2, "activation": "clip", "min": -1, "max": 0 }""", true)]
    [InlineData("""{ "type": "dense", "units": 2, "activation": "clip", "min": -1 }""", false)]
    [InlineData("""{ "type": "dense", "units": 2, "activation": "clip", "max": 1 }""", false)]
    [InlineData("""{ "type": "dense", "units": 2, "activation": "relu6", "max": 1 }""", false)]
    [InlineData("""{ "type": "dense", "units": 2, "initializer": "normal" }""", false)]
    [InlineData("""{ "type": "dense", "units": 2, "initializer": "normal", "gain": 0.1 }""", true)]
    [InlineData("""{ "type": "dense", "units": 2, "initializer": "heNormal", "gain": 0.1 }""", true)]
    [InlineData("""{ "type": "dense", "units": 2, "gain": 0 }""", false)]
    [InlineData("""{ "type": "dense", "units": 0 }""", false)]
    [InlineData("""{ "type": "dense", "units": 65536 }""", true)]
    [InlineData("""{ "type": "dense", "units": 65537 }""", false)]
    [InlineData("""{ "type": "dense" }""", false)]
    [InlineData("""{ "units": 2 }""", false)]
    [InlineData("""{ "type": "flatten", "units": 2 }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "flatten" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "conv3d" }""", false)]
    [InlineData("""{ "type": "conv2d" }""", false)]
    [InlineData("""{ "type": "layerNorm" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "layerNorm", "epsilon": 0 }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "dropout", "rate": 0.5 }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "dropout", "rate": 1 }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "dropout" }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "batchNorm" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "batchNorm", "momentum": 0.5, "epsilon": 1 }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "batchNorm", "momentum": 1 }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "activation", "activation": "tanh" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "activation", "activation": "leakyRelu", "negativeSlope": 0.5 }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "activation", "activation": "tanh", "negativeSlope": 0.5 }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "activation", "negativeSlope": 0.5 }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "activation" }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "normalization" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "normalization", "epsilon": 0.1 }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "scale", "factor": -0.5 }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "scale", "factor": [0.5, 2, 3, 4] }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "scale", "factor": "2" }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "scale" }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "prelu" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "prelu", "slope": 0.1 }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "flatten", "name": "" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "flatten", "name": 3 }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "reshape", "shape": [2, 2] }, { "type": "flatten" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "reshape" }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "reshape", "shape": [4, 1, 1, 1] }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "flatten", "name": "x" }, { "type": "add", "from": "x" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "flatten", "name": "x" }, { "type": "add" }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "flatten" }, { "type": "add", "from": 0 }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "flatten", "name": "x" }, { "type": "add", "from": ["x", "x", "input"] }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "flatten", "name": "x" }, { "type": "add", "from": ["x"] }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "flatten", "name": "x" }, { "type": "concat", "from": ["x", 1] }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "concat", "from": "input" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "concat" }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "dense", "units": 2, "from": "input" }""", true)]
    [InlineData("""{ "type": "dense", "units": 2, "from": ["input", "input"] }""", false)]
    [InlineData("""{ "type": "reshape", "shape": [2, 2, 1] }, { "type": "averagePool2d" }, { "type": "flatten" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "reshape", "shape": [2, 2, 1] }, { "type": "averagePool2d", "poolSize": [1, 2], "strides": 1, "padding": "same" }, { "type": "flatten" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "reshape", "shape": [2, 2, 1] }, { "type": "averagePool2d", "poolSize": [1, 2, 1] }, { "type": "flatten" }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "reshape", "shape": [2, 2, 1] }, { "type": "averagePool2d", "padding": [0, 1] }, { "type": "flatten" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "reshape", "shape": [2, 2, 1] }, { "type": "globalAveragePool" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "reshape", "shape": [2, 2, 1] }, { "type": "globalAveragePool", "poolSize": 2 }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "reshape", "shape": [2, 2, 1] }, { "type": "averagePool2d", "countPadding": true }, { "type": "flatten" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "reshape", "shape": [2, 2, 1] }, { "type": "maxPool2d", "countPadding": true }, { "type": "flatten" }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "reshape", "shape": [4, 1] }, { "type": "averagePool1d", "poolSize": 2, "countPadding": false }, { "type": "globalMaxPool" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "reshape", "shape": [4, 1] }, { "type": "maxPool1d", "poolSize": [2, 2] }, { "type": "globalAveragePool" }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("""{ "type": "reshape", "shape": [4, 1] }, { "type": "upsample1d", "size": 3 }, { "type": "cropping1d", "before": 11 }, { "type": "flatten" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "reshape", "shape": [2, 2, 1] }, { "type": "upsample2d", "size": [1, 3] }, { "type": "cropping2d", "left": 5, "bottom": 1 }, { "type": "flatten" }, { "type": "dense", "units": 2 }""", true)]
    [InlineData("""{ "type": "reshape", "shape": [2, 2, 1] }, { "type": "cropping2d", "before": 1 }, { "type": "flatten" }, { "type": "dense", "units": 2 }""", false)]
    [InlineData("", false)]
    public void Schema_and_code_judge_layers_alike(string layers, bool accepted)
    {
        string text = $$"""{ "input": [4], "layers": [{{layers}}], "loss": "meanSquaredError", "batchSize": 2 }""";

        Assert.Equal(accepted, Schema.Accepts(Parse(text)!.Value));
        Assert.Equal(accepted, NetworkParser.Parse(text).Spec is not null);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("""
        "loss": "meanSquaredError",
        """, true)]
    [InlineData("""
        "loss": "meanSquaredError", "training": { "epochs": 1, "rule": "sgd", "learningRate": 1 },
        """, true)]
    [InlineData("""
        "training": { "epochs": 1, "rule": "sgd", "learningRate": 1 },
        """, false)]
    public void Schema_and_code_judge_a_missing_loss_alike(string keys, bool accepted)
    {
        string text = $$"""{ "input": [4], "layers": [{ "type": "dense", "units": 2 }], {{keys}} "batchSize": 1 }""";

        Assert.Equal(accepted, Schema.Accepts(Parse(text)!.Value));
        Assert.Equal(accepted, NetworkParser.Parse(text).Spec is not null);
    }

    [Theory]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": 3 }""", true)]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": [3, 1], "strides": [1, 2], "padding": "same", "dilation": 2, "bias": false }""", true)]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": 3, "padding": [1, 2] }""", true)]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": 3, "padding": 0 }""", true)]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": 3, "padding": "full" }""", false)]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": 3, "padding": "causal" }""", false)]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": 3, "dilation": 257 }""", false)]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": [3, 1, 1] }""", false)]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": 0 }""", false)]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": 257 }""", false)]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": 3, "bias": 1 }""", false)]
    [InlineData("""{ "type": "conv2d", "kernelSize": 3 }""", false)]
    [InlineData("""{ "type": "conv2d", "filters": 2 }""", false)]
    [InlineData("""{ "type": "conv2d", "filters": 2, "kernelSize": 3, "negativeSlope": 0.5 }""", false)]
    [InlineData("""{ "type": "depthwiseConv2d", "kernelSize": 3, "depthMultiplier": 2 }""", true)]
    [InlineData("""{ "type": "depthwiseConv2d", "kernelSize": 3, "filters": 2 }""", false)]
    [InlineData("""{ "type": "maxPool2d" }""", true)]
    [InlineData("""{ "type": "maxPool2d", "poolSize": [2, 1], "strides": 1, "padding": "same" }""", true)]
    [InlineData("""{ "type": "maxPool2d", "poolSize": 2, "dilation": 2 }""", false)]
    public void Schema_and_code_judge_layers_of_images_alike(string layer, bool accepted)
    {
        string text = $$"""{ "input": [5, 5, 2], "layers": [{{layer}}, { "type": "flatten" }, { "type": "dense", "units": 2 }], "loss": "meanSquaredError", "batchSize": 1 }""";

        Assert.Equal(accepted, Schema.Accepts(Parse(text)!.Value));
        Assert.Equal(accepted, NetworkParser.Parse(text).Spec is not null);
    }

    [Theory]
    [InlineData("""{ "type": "conv1d", "filters": 2, "kernelSize": 3, "strides": 2, "padding": 2, "dilation": 2 }""", true)]
    [InlineData("""{ "type": "conv1d", "filters": 2, "kernelSize": 3, "padding": "same" }""", true)]
    [InlineData("""{ "type": "conv1d", "filters": 2, "kernelSize": [3, 3] }""", false)]
    [InlineData("""{ "type": "conv1d", "filters": 2, "kernelSize": 3, "padding": [2, 0] }""", true)]
    [InlineData("""{ "type": "conv1d", "filters": 2, "kernelSize": 3, "padding": [2, 0, 1] }""", false)]
    [InlineData("""{ "type": "conv1d", "filters": 2, "kernelSize": 3, "padding": "causal", "dilation": 65536 }""", true)]
    [InlineData("""{ "type": "conv1d", "filters": 2, "kernelSize": 3, "padding": "causal", "dilation": 65537 }""", false)]
    [InlineData("""{ "type": "dense", "units": 3 }""", true)]
    public void Schema_and_code_judge_layers_of_signals_alike(string layer, bool accepted)
    {
        string text = $$"""{ "input": [9, 2], "layers": [{{layer}}, { "type": "flatten" }, { "type": "dense", "units": 2 }], "loss": "meanSquaredError", "batchSize": 1 }""";

        Assert.Equal(accepted, Schema.Accepts(Parse(text)!.Value));
        Assert.Equal(accepted, NetworkParser.Parse(text).Spec is not null);
    }

    [Theory]
    [InlineData("""{ "epochs": 1, "rule": "sgd", "learningRate": 0.1 }""", true)]
    [InlineData("""{ "epochs": 1, "rule": "sgd" }""", false)]
    [InlineData("""{ "epochs": 0, "rule": "sgd", "learningRate": 0.1 }""", false)]
    [InlineData("""{ "epochs": 1, "rule": "sgd", "learningRate": 0.1, "momentum": 0.5 }""", false)]
    [InlineData("""{ "epochs": 1, "rule": "nesterov", "learningRate": 0.1, "momentum": 0.5 }""", true)]
    [InlineData("""{ "epochs": 1, "rule": "adam", "learningRate": 0.1, "warmup": 0, "schedule": { "type": "accuracy" } }""", true)]
    [InlineData("""{ "epochs": 1, "rule": "adam", "learningRate": 0.1, "schedule": { "type": "step", "decay": 0.5, "every": 1 } }""", true)]
    [InlineData("""{ "epochs": 1, "rule": "adam", "learningRate": 0.1, "schedule": { "type": "step", "decay": 0.5 } }""", false)]
    [InlineData("""{ "epochs": 1, "rule": "adam", "learningRate": 0.1, "schedule": { "type": "plateau", "decay": 0.5, "patience": 0 } }""", true)]
    [InlineData("""{ "epochs": 1, "rule": "adam", "learningRate": 0.1, "schedule": { "type": "cosine", "decay": 0.5 } }""", false)]
    [InlineData("""{ "epochs": 1, "rule": "adam", "learningRate": 0.1, "schedule": {} }""", false)]
    [InlineData("[]", false)]
    public void Schema_and_code_judge_training_alike(string training, bool accepted)
    {
        string text = $$"""{ "input": [4], "layers": [{ "type": "dense", "units": 2 }], "loss": "meanSquaredError", "batchSize": 1, "training": {{training}} }""";

        Assert.Equal(accepted, Schema.Accepts(Parse(text)!.Value));
        Assert.Equal(accepted, NetworkParser.Parse(text).Spec is not null);
    }

    [Fact]
    public void What_the_code_accepts_the_schema_accepts()
    {
        int checkedFiles = 0;
        foreach (string path in ModelFiles.Valid)
        {
            string text = File.ReadAllText(path);
            for (int i = 0; i < text.Length; i++)
            {
                // Every character in turn becomes a digit: sizes change, words break, and some files stay right.
                string mutant = text[..i] + "7" + text[(i + 1)..];
                if (NetworkParser.Parse(mutant).Spec is null)
                    continue;

                Assert.True(Schema.Accepts(Parse(mutant)!.Value), mutant);
                checkedFiles++;
            }
        }

        Assert.InRange(checkedFiles, 100, 10000);
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
