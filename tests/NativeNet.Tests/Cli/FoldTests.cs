using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Cli;

public sealed class FoldTests : IDisposable
{
    private const string Network = """
        {
          "input": [5],
          "layers": [
            { "type": "dense", "units": 4 },
            { "type": "batchNorm" },
            { "type": "dropout", "rate": 0.5 },
            { "type": "dense", "units": 3, "activation": "tanh" },
            { "type": "batchNorm" },
            { "type": "dense", "units": 2 }
          ],
          "loss": "softmaxCrossEntropy",
          "batchSize": 4
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_network_and_its_weights_lose_what_predictions_do_not_need()
    {
        string network = Write("net.nn.json", Network), weights = _folder.File("net.safetensors");
        var spec = NetworkSpec.Parse(Network);
        float[] parameters = [.. Enumerable.Repeat(0.5f, spec.ParameterCount)];
        ParameterFile.Save(weights, spec, parameters);

        CommandResult result = CommandLine.Run(
            $"fold {network} --weights {weights} --network {_folder.File("folded.nn.json")} --output {_folder.File("folded.safetensors")}");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            [
                "layer 1, batchNorm: folded into layer 0",
                "layer 2, dropout: removed",
                "layer 4, batchNorm: stays: an activation stands between it and layer 3",
                "59 parameters instead of 75",
            ],
            result.Lines);
        NetworkSpec folded = NetworkSpec.Parse(File.ReadAllText(_folder.File("folded.nn.json")));
        Assert.Equal(["dense", "dense", "batchNorm", "dense"], folded.Layers.Select(static layer => layer.Type));
        ParameterFile.Load(_folder.File("folded.safetensors"), folded, new float[folded.ParameterCount]);
    }

    [Fact]
    public void A_mistake_in_the_network_is_told_with_its_place()
    {
        string network = Write("net.nn.json", Network.Replace("dropout", "dropuot", StringComparison.Ordinal));

        CommandResult result = CommandLine.Run($"fold {network} --weights {network} --network {_folder.File("n")} --output {_folder.File("w")}");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"nativenet: {network}(6,15): error NNET0007: Unknown layer type 'dropuot'; did you mean 'dropout'?\n", result.Error);
    }

    private string Write(string name, string text) => _folder.File(name, System.Text.Encoding.UTF8.GetBytes(text));
}
