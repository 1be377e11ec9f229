using NativeNet.Storage;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Cli;

/// <summary>Training goes on from given weights, and leaves frozen layers as they are.</summary>
public sealed class FineTuningTests : IDisposable
{
    private const string Frozen = ", \"trainable\": false";

    private readonly TemporaryFolder _folder = new();
    private readonly string _whole, _head, _weights, _data;

    public FineTuningTests()
    {
        _whole = Write("whole.nn.json", "");
        _head = Write("head.nn.json", Frozen);
        _data = Path.Combine(_folder.Path, "patterns.csv");
        File.WriteAllLines(_data, Enumerable.Range(0, 90).Select(static row
            => string.Join(',', Enumerable.Range(0, 64).Select(i => (((i * 37) + (Class(row) * 29) + (row / 10)) % 17) + "e-2")) + $",{Class(row)}"));
        _weights = Path.Combine(_folder.Path, "whole.safetensors");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_head_is_fitted_to_weights_of_the_whole_network()
    {
        string output = Path.Combine(_folder.Path, "head.safetensors"), log = Path.Combine(_folder.Path, "head.csv");
        Assert.Equal(0, CommandLine.Run($"train {_whole} --data {_data} --header no --epochs 1 --output {_weights}").ExitCode);
        CommandResult result = CommandLine.Run($"train {_head} --data {_data} --header no --weights {_weights} --epochs 1 --rule adam --output {output} --log {log}");

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("frozen", result.Error, StringComparison.Ordinal);
        Dictionary<string, float[]> before = Read(_weights), after = Read(output);
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.Equal(before["layers.1.weight"], after["layers.1.weight"]);
        Assert.Equal(before["layers.1.bias"], after["layers.1.bias"]);
        Assert.NotEqual(before["layers.2.weight"], after["layers.2.weight"]);
        Assert.Contains("layers.2.weights", File.ReadLines(log).First(), StringComparison.Ordinal);
        Assert.DoesNotContain("layers.1.", File.ReadLines(log).First(), StringComparison.Ordinal);
    }

    /// <summary>Weights that were never frozen are begun with as well: the first loss is that of a trained network.</summary>
    [Fact]
    public void Given_weights_are_begun_with()
    {
        Assert.Equal(0, CommandLine.Run($"train {_whole} --data {_data} --header no --epochs 3 --output {_weights}").ExitCode);
        string again = Path.Combine(_folder.Path, "again.safetensors");
        Assert.Equal(0, CommandLine.Run($"train {_whole} --data {_data} --header no --weights {_weights} --epochs 1 --learning-rate 1e-30 --output {again}").ExitCode);
        Assert.Equal(Read(_weights)["layers.1.weight"], Read(again)["layers.1.weight"]);
    }

    [Fact]
    public void Frozen_layers_without_weights_are_warned_of()
    {
        CommandResult result = CommandLine.Run($"train {_head} --data {_data} --header no --epochs 1");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("warning: head has frozen layers, which keep their first, random weights; begin with trained ones by --weights FILE", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_other_flags_and_weights_beside_a_checkpoint_are_refused()
    {
        string checkpoint = Path.Combine(_folder.Path, "run.checkpoint");
        Assert.Equal(0, CommandLine.Run($"train {_whole} --data {_data} --header no --epochs 1 --rule momentum --checkpoint {checkpoint} --output {_weights}").ExitCode);

        CommandResult other = CommandLine.Run($"train {_head} --data {_data} --header no --epochs 2 --rule momentum --resume {checkpoint}");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("the network's hash", other.Error, StringComparison.Ordinal);

        CommandResult both = CommandLine.Run($"train {_whole} --data {_data} --header no --epochs 2 --rule momentum --resume {checkpoint} --weights {_weights}");
        Assert.Equal(2, both.ExitCode);
        Assert.Contains("a checkpoint has weights of its own", both.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_a_head_goes_on_to_the_same_weights()
    {
        string checkpoint = Path.Combine(_folder.Path, "head.checkpoint"), once = Path.Combine(_folder.Path, "once.safetensors"), twice = Path.Combine(_folder.Path, "twice.safetensors");
        Assert.Equal(0, CommandLine.Run($"train {_whole} --data {_data} --header no --epochs 1 --output {_weights}").ExitCode);
        Assert.Equal(0, CommandLine.Run($"train {_head} --data {_data} --header no --weights {_weights} --epochs 2 --rule adam --output {once}").ExitCode);
        Assert.Equal(0, CommandLine.Run($"train {_head} --data {_data} --header no --weights {_weights} --epochs 1 --rule adam --checkpoint {checkpoint}").ExitCode);
        Assert.Equal(0, CommandLine.Run($"train {_head} --data {_data} --header no --epochs 2 --rule adam --resume {checkpoint} --output {twice}").ExitCode);
        Assert.Equal(File.ReadAllBytes(once), File.ReadAllBytes(twice));
    }

    [Fact]
    public void What_is_frozen_is_shown_and_a_device_needs_its_weights()
    {
        string info = CommandLine.Run($"info {_head}").Output;
        Assert.Contains("1 dense, relu, frozen", info, StringComparison.Ordinal);
        Assert.Contains("parameters that are frozen", info, StringComparison.Ordinal);

        CommandResult export = CommandLine.Run($"export c {_head} --output {_folder.Path}");
        Assert.Equal(2, export.ExitCode);
        Assert.Contains("has frozen layers, whose weights a device cannot find itself: it needs --weights FILE", export.Error, StringComparison.Ordinal);
    }

    /// <summary>Every fifth row is for the test, and they are of all classes.</summary>
    private static int Class(int row) => (row + (row / 10)) % 10;

    private string Write(string name, string key) => _folder.File(name, System.Text.Encoding.UTF8.GetBytes($$"""
        { "input": [8, 8, 1], "layers": [{ "type": "flatten" }, { "type": "dense", "units": 16, "activation": "relu"{{key}} },
          { "type": "dense", "units": 10 }], "loss": "softmaxCrossEntropy", "batchSize": 32 }
        """));

    private static Dictionary<string, float[]> Read(string path)
        => SafetensorsFile.Read(path).Tensors.ToDictionary(static tensor => tensor.Name, static tensor => tensor.Values.ToArray());
}
