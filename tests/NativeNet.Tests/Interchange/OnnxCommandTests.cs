using System.Globalization;
using NativeNet.Description;
using NativeNet.Reference;
using NativeNet.Storage;
using NativeNet.Tests.Cli;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Interchange;

/// <summary>A network leaves as ONNX or as a state dict, and comes back, by the commands.</summary>
public sealed class OnnxCommandTests : IDisposable
{
    private const string Network = """
        {
          "input": [6, 5, 3],
          "layers": [
            { "type": "conv2d", "filters": 4, "kernelSize": 3, "padding": "same", "activation": "relu" },
            { "type": "flatten" },
            { "type": "dense", "units": 3 }
          ],
          "batchSize": 4
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nchw", "the channels of the graph's input, its axis 1, last")]
    [InlineData("nhwc", "their elements in the order of the graph's input")]
    public void A_network_that_leaves_as_ONNX_comes_back_and_is_checked(string images, string order)
    {
        (string network, string weights, NetworkSpec spec, float[] parameters) = Save();
        CommandResult exported = CommandLine.Run($"export onnx {network} --weights {weights} --output {_folder.File("net.onnx")} --images {images}");
        Assert.Equal((0, ""), (exported.ExitCode, exported.Error));

        float[] sample = [.. Enumerable.Range(0, spec.Input.Length).Select(static i => ((i * 7) % 11) - 5f)];
        float[] scores = new ReferenceNetwork<float>(spec).Predict(parameters, sample);
        float[] theirs = images == "nhwc" ? sample : [.. Enumerable.Range(0, 90).Select(i => sample[(i % 30 * 3) + (i / 30)])];
        string right = Row("right.csv", theirs, scores), wrong = Row("wrong.csv", sample.Reverse(), scores);

        CommandResult imported = CommandLine.Run($"import onnx {_folder.File("net.onnx")} --output {_folder.File("back")} --check {right}");
        Assert.Equal((0, ""), (imported.ExitCode, imported.Error));
        Assert.Equal($"samples are 6×5×3, {order}", imported.Lines[0]);
        Assert.StartsWith($"1 samples of {right}: the largest difference is ", imported.Lines[^1], StringComparison.Ordinal);

        var back = NetworkSpec.Parse(File.ReadAllText(_folder.File("back/net.nn.json")));
        Assert.Equal(spec.Layers.Select(static layer => layer.Type), back.Layers.Select(static layer => layer.Type));
        float[] loaded = new float[back.ParameterCount];
        ParameterFile.Load(_folder.File("back/net.safetensors"), back, loaded);
        Assert.Equal(parameters, loaded);

        CommandResult failed = CommandLine.Run($"import onnx {_folder.File("net.onnx")} --output {_folder.File("back")} --check {wrong}");
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("roundings explain", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_dict_that_was_exported_is_imported()
    {
        (string network, string weights, _, _) = Save();
        CommandResult exported = CommandLine.Run($"export pytorch {network} --weights {weights} --output {_folder.File("torch.safetensors")}");
        Assert.Equal((0, ""), (exported.ExitCode, exported.Error));
        Assert.Contains("layers.0.weight [4, 3, 3, 3] = layers.0.weight [4, 3, 3, 3]", exported.Lines);

        CommandResult imported = CommandLine.Run($"import pytorch {network} --weights {_folder.File("torch.safetensors")} --output {_folder.File("back.safetensors")}");
        Assert.Equal((0, ""), (imported.ExitCode, imported.Error));
        Assert.NotEqual(File.ReadAllBytes(weights)[^1000..], File.ReadAllBytes(_folder.File("torch.safetensors"))[^1000..]);
        Assert.Equal(File.ReadAllBytes(weights), File.ReadAllBytes(_folder.File("back.safetensors")));
    }

    [Theory]
    [InlineData("import onnx FILE --output OUT", "ONNX")]
    [InlineData("import pytorch NET --weights FILE --output OUT", "safetensors")]
    [InlineData("export onnx NET --weights FILE --output OUT", "safetensors")]
    public void A_file_of_another_program_is_answered_with_the_way_to_convert_it(string command, string wanted)
    {
        string file = _folder.File("model.h5", [0x89, .. "HDF\r\n"u8, 0x1a, (byte)'\n', 0, 0]);
        CommandResult result = CommandLine.Run(command
            .Replace("FILE", file, StringComparison.Ordinal).Replace("NET", Save().Network, StringComparison.Ordinal).Replace("OUT", _folder.File("out"), StringComparison.Ordinal));
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"nativenet: {file}: is an HDF5 file, as Keras saves them as .h5, not {wanted}; in Keras: ", result.Error, StringComparison.Ordinal);
    }

    private (string Network, string Weights, NetworkSpec Spec, float[] Parameters) Save()
    {
        var spec = NetworkSpec.Parse(Network);
        float[] parameters = [.. Enumerable.Range(0, spec.ParameterCount).Select(static i => MathF.Sin(i))];
        string network = _folder.File("net.nn.json", System.Text.Encoding.UTF8.GetBytes(Network)), weights = _folder.File("net.safetensors");
        ParameterFile.Save(weights, spec, parameters);
        return (network, weights, spec, parameters);
    }

    private string Row(string name, IEnumerable<float> sample, IEnumerable<float> scores)
        => _folder.File(name, System.Text.Encoding.UTF8.GetBytes(string.Join(",", sample.Concat(scores).Select(static value => value.ToString("R", CultureInfo.InvariantCulture))) + "\n"));
}
