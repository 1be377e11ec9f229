using System.Text;
using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Cli;

/// <summary>Every command takes a network file in place of a name.</summary>
public sealed class FileNetworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public FileNetworkTests()
        => _file = _folder.File("digits.nn.json", """
            { "input": [8, 8, 1], "layers": [{ "type": "flatten" }, { "type": "dense", "units": 32, "activation": "relu" },
              { "type": "dense", "units": 10 }], "loss": "softmaxCrossEntropy", "batchSize": 32 }
            """u8.ToArray());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_trains_as_its_compiled_network_does_and_says_once_that_it_is_a_file()
    {
        string own = Path.Combine(_folder.Path, "own.safetensors"), compiled = Path.Combine(_folder.Path, "compiled.safetensors");
        CommandResult result = CommandLine.Run($"train {_file} --epochs 2 --threads 2 --output {own}");
        CommandResult other = CommandLine.Run($"train digits --epochs 2 --output {compiled}");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(other.Lines[^1], result.Lines[^1]);
        Assert.Equal(File.ReadAllBytes(compiled), File.ReadAllBytes(own));
        string note = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("digits.nn.json is run as it stands", note, StringComparison.Ordinal);
        Assert.Contains("dotnet new nativenet", note, StringComparison.Ordinal);

        string rows = string.Join(',', Enumerable.Range(0, 64).Select(static i => i % 17)) + "\n";
        Assert.Equal(other.Lines[^1], Assert.Single(CommandLine.Run($"eval {_file} --weights {own}").Lines));
        Assert.Equal(
            CommandLine.Run($"predict digits --weights {own}", rows).Output,
            CommandLine.Run($"predict {_file} --weights {own}", rows).Output);
    }

    [Fact]
    public void Classes_weigh_the_same_for_a_file_and_a_compiled_network()
    {
        string data = _folder.File("few.csv", [.. Enumerable.Range(0, 60).SelectMany(static i => System.Text.Encoding.ASCII.GetBytes(
            string.Join(',', Enumerable.Range(0, 64).Select(j => i * j % 17)) + $",{(i % 10 == 0 ? 3 : 7)}\n"))]);
        byte[] Train(string network, string options)
        {
            Assert.Equal(0, CommandLine.Run($"train {network} --data {data} --epochs 2 {options} --output {_folder.File("w")}").ExitCode);
            return File.ReadAllBytes(_folder.File("w"));
        }

        byte[] weighted = Train("digits", "--class-weights balanced");
        Assert.Equal(weighted, Train(_file, "--class-weights balanced"));
        Assert.NotEqual(weighted, Train("digits", ""));
    }

    [Fact]
    public void Experiments_take_a_file()
    {
        Assert.Equal(0, CommandLine.Run($"sweep {_file} --learning-rates 0.1 --epochs 1 --out {_folder.Path}").ExitCode);
        Assert.Equal(0, CommandLine.Run($"amplitudes {_file} --epochs 1 --out {_folder.Path}").ExitCode);
    }

    [Fact]
    public void A_bench_of_a_file_allocates_nothing()
    {
        CommandResult result = CommandLine.Run($"bench {_file}");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(result.Lines, static line => line.StartsWith("digits: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_wrong_is_told_with_its_places()
    {
        string file = _folder.File("wrong.nn.json", "{ \"input\": [2], \"batchSize\": 1,\n  \"layers\": [{ \"type\": \"dens\", \"units\": 1 }] }"u8.ToArray());
        CommandResult result = CommandLine.Run($"train {file}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("wrong.nn.json(2,24): error NNET", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_loss_is_refused()
    {
        string file = _folder.File("line.nn.json", """{ "input": [2], "layers": [{ "type": "dense", "units": 1 }], "batchSize": 1 }"""u8.ToArray());
        CommandResult result = CommandLine.Run($"train {file}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the network has no loss", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "0.5 -3.5\n")]
    [InlineData("--format csv", "a,b\n", "value0,value1\n0.5,-3.5\n")]
    [InlineData("--format json", "", "{\"values\": [0.5, -3.5]}\n")]
    public void A_file_without_a_loss_predicts_values(string format, string names, string prediction)
    {
        const string Network = """{ "input": [2], "layers": [{ "type": "dense", "units": 2 }], "batchSize": 1 }""";
        string file = _folder.File("line.nn.json", Encoding.UTF8.GetBytes(Network)), weights = _folder.File("line.safetensors");
        ParameterFile.Save(weights, NetworkSpec.Parse(Network), new float[] { 1, -0.5f, -2, -1, 0.5f, 0.5f });
        CommandResult result = CommandLine.Run($"predict {file} --weights {weights} {format}", names + "1,2\n2,4\n");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith(prediction, result.Output, StringComparison.Ordinal);
        Assert.Equal(2, CommandLine.Run($"predict {file} --weights {weights} --all").ExitCode);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        CommandResult result = CommandLine.Run($"train {Path.Combine(_folder.Path, "none.nn.json")}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("none.nn.json", result.Error, StringComparison.Ordinal);
    }
}
