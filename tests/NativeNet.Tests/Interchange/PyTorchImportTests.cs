using System.Globalization;
using System.Runtime.CompilerServices;
using NativeNet.Description;
using NativeNet.Reference;
using NativeNet.Storage;
using NativeNet.Tests.Cli;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Interchange;

/// <summary>State dicts of PyTorch give the scores that its modules have by definition, which <c>make.py</c> works out.</summary>
public sealed class PyTorchImportTests : IDisposable
{
    private static readonly string Folder = Path.GetDirectoryName(Here())!;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mlp")]
    [InlineData("convolutional")]
    [InlineData("signal")]
    [InlineData("lenet")]
    [InlineData("resnet8")]
    [InlineData("gru")]
    [InlineData("lstm")]
    [InlineData("rnn")]
    public void Imported_weights_predict_what_the_model_predicts(string name)
    {
        string output = _folder.File("out.safetensors");
        CommandResult result = Import(name, Path.Combine(Folder, name + ".safetensors"), output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));

        NetworkSpec spec = NetworkSpec.Parse(File.ReadAllText(Path.Combine(Folder, name + ".nn.json")));
        float[] parameters = new float[spec.ParameterCount];
        ParameterFile.Load(output, spec, parameters);
        float[][] rows = [.. File.ReadLines(Path.Combine(Folder, name + ".csv")).Select(static row => row.Split(',').Select(static field => float.Parse(field, CultureInfo.InvariantCulture)).ToArray())];
        float[] expected = [.. rows.SelectMany(row => row[spec.Input.Length..])];
        float[] scores = new ReferenceNetwork<float>(spec).Predict(parameters, [.. rows.SelectMany(row => row[..spec.Input.Length])]);

        // At most a hundred roundings on the way, each of at most half a unit in the last place of the largest value.
        float largest = expected.Max(Math.Abs);
        Assert.True(largest > 0.1f);
        Assert.All(expected.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, largest * 100 * MathF.Pow(2, -24)));
    }

    [Fact]
    public void Every_match_is_printed_with_what_changed()
    {
        string[] lines = Import("convolutional", Path.Combine(Folder, "convolutional.safetensors"), _folder.File("out")).Lines;
        Assert.Contains("layers.0.weight = features.0.weight [3, 3, 3, 3], channels moved behind", lines);
        Assert.Contains("layers.7.weight = classifier.2.weight [5, 24], columns reordered as the image is flattened", lines);
        Assert.Contains("layers.8.weight = classifier.10.weight [5, 5]", lines);
        Assert.DoesNotContain(lines, static line => line.Contains("num_batches_tracked", StringComparison.Ordinal));

        lines = Import("mlp", Path.Combine(Folder, "mlp.safetensors"), _folder.File("out")).Lines;
        Assert.Contains("fc1.weight: F16 became F32", lines);
        Assert.Contains("fc2.bias: F64 became F32, rounded to nearest", lines);
        Assert.Contains("layers.2.bias = 0: 'head' has no bias", lines);

        lines = Import("gru", Path.Combine(Folder, "gru.safetensors"), _folder.File("out")).Lines;
        Assert.Contains("layers.1.weight_ih = gru.weight_ih_l1 [15, 5]", lines);
        Assert.Contains("layers.1.bias = gru.bias_ih_l1 [15]", lines);
        Assert.Contains("layers.1.bias = gru.bias_hh_l1 [15], added, but for n, of which it is layers.1.bias_n [5]", lines);
        Assert.Contains("layers.0.bias = 0: 'rnn' has no bias_hh", Import("rnn", Path.Combine(Folder, "rnn.safetensors"), _folder.File("out")).Lines);
    }

    [Fact]
    public void What_does_not_match_is_listed_on_both_sides()
    {
        CommandResult result = Import("mlp", Path.Combine(Folder, "signal.safetensors"), _folder.File("out"));
        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith(": does not fit the network: 3 layers have no weights, 3 modules are left over\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("no weights for layer 0, dense, in PyTorch's shapes weight [6, 4], bias [6]", result.Lines);
        Assert.Contains("left over in the file: conv, weight [3, 3, 3], bias [3]", result.Lines);
        Assert.False(File.Exists(_folder.File("out")));
    }

    /// <summary>Shapes would fit: everything would be moved a second time.</summary>
    [Fact]
    public void What_lies_in_the_order_of_this_library_is_not_imported_again()
    {
        string own = _folder.File("own.safetensors");
        Assert.Equal(0, Import("signal", Path.Combine(Folder, "signal.safetensors"), own).ExitCode);
        CommandResult result = Import("signal", own, _folder.File("out"));
        Assert.Equal((1, $"nativenet: {own}: lies in the order of this library already, its nativenet.layout says; it is loaded as it is\n"), (result.ExitCode, result.Error));
        Assert.False(File.Exists(_folder.File("out")));
    }

    [Theory]
    [InlineData("mlp", "mlp.safetensors: has no tensor 'layers.0.weight', [6, 4]; ")]
    [InlineData("resnet8", "")]
    public void A_state_dict_given_as_weights_is_answered_with_the_import(string name, string problem)
    {
        CommandResult result = CommandLine.Run($"predict {Path.Combine(Folder, name + ".nn.json")} --weights {Path.Combine(Folder, name + ".safetensors")}");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{problem}it belongs to another network, or is PyTorch's, which import pytorch brings over\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import", "import needs pytorch, a network file")]
    [InlineData("import keras x.nn.json", "import knows no 'keras'; there is pytorch")]
    public void A_wrong_command_line_is_told(string arguments, string error)
    {
        CommandResult result = CommandLine.Run(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(error, result.Error, StringComparison.Ordinal);
    }

    private static CommandResult Import(string name, string weights, string output)
        => CommandLine.Run($"import pytorch {Path.Combine(Folder, name + ".nn.json")} --weights {weights} --output {output}");

    private static string Here([CallerFilePath] string path = "") => path;
}
