using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Cli;

/// <summary>The program of <c>examples/Houses</c>, and networks that learn values run from their files.</summary>
public sealed class ValueProgramTests : IDisposable
{
    private static readonly string Data = Path.Combine(AppContext.BaseDirectory, "houses.csv");
    private static readonly string Model = Path.Combine(AppContext.BaseDirectory, "houses.nn.json");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_trains_judges_and_predicts_values()
    {
        string weights = _folder.File("w"), report = _folder.File("report"), json = _folder.File("json"), log = _folder.File("log.csv");
        CommandResult trained = CommandLine.Run($"train --data {Data} --test 0.2 --validation 0.1 --early-stop 20 --epochs 60 --output {weights} --json {json} --log {log}", program: "houses");
        Assert.Equal((0, ""), (trained.ExitCode, trained.Error));
        Assert.Equal("houses: 178 parameters, 216 samples to train on, 24 held out, 60 to test", trained.Lines[0]);
        Assert.Matches(@"^epoch  1/60  loss \S+  error \S+  validation loss \S+  error \S+  \d+ samples/s$", trained.Lines[2]);
        Assert.Matches(@"^test mean absolute error 0\.\d+ R2 0\.9\d{3} loss 0\.\d+$", trained.Lines[^1]);
        Assert.Matches("\"testMeanAbsoluteError\": 0\\.\\d+,\n  \"testRSquared\": 0\\.9\\d+,", File.ReadAllText(json));

        CommandResult judged = CommandLine.Run($"eval houses --weights {weights} --data {Data} --test 0.2 --report {report}", program: "houses");
        Assert.Equal(trained.Lines[^1], judged.Lines[0]);
        Assert.StartsWith("output,meanAbsoluteError,rootMeanSquaredError,rSquared\n0,0.", File.ReadAllText(Path.Combine(report, "outputs.csv")), StringComparison.Ordinal);
        Assert.Equal(25, File.ReadAllLines(Path.Combine(report, "worst.csv")).Length);

        CommandResult predicted = CommandLine.Run($"predict houses --weights {weights}", "80,3,25,15\n40,1,70,50\n", "houses");
        Assert.Collection(predicted.Lines, static line => Assert.Matches(@"^\d+(\.\d+)? \d+(\.\d+)?$", line), static line => Assert.Matches(@"^\d+(\.\d+)? \d+(\.\d+)?$", line));

        CommandResult plotted = CommandLine.Run($"plot {log} --output {_folder.File("p.svg")}", program: "houses");
        Assert.Equal(0, plotted.ExitCode);
        Assert.Contains("mean absolute error on the training data", File.ReadAllText(_folder.File("p.svg")), StringComparison.Ordinal);
    }

    /// <summary>Compiled and run from the file; whole and resumed.</summary>
    [Fact]
    public void A_file_and_a_resumed_run_give_the_weights_of_the_compiled_network()
    {
        string compiled = _folder.File("compiled"), interpreted = _folder.File("interpreted"), checkpoint = _folder.File("checkpoint");
        const string Options = "--target 4,5 --epochs 6 --rule momentum --validation 0.2 --early-stop 9";
        Assert.Equal(0, CommandLine.Run($"train --data {Data} {Options} --output {compiled}", program: "houses").ExitCode);
        Assert.Equal(0, CommandLine.Run($"train {Model} --data {Data} {Options.Replace("--epochs 6", "--epochs 3", StringComparison.Ordinal)} --checkpoint {checkpoint}").ExitCode);
        CommandResult resumed = CommandLine.Run($"train {Model} --data {Data} {Options} --resume {checkpoint} --threads 2 --output {interpreted}");
        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal(File.ReadAllBytes(compiled)[^512..], File.ReadAllBytes(interpreted)[^512..]);
    }

    [Fact]
    public void Values_have_no_classes_to_weigh()
    {
        CommandResult result = CommandLine.Run($"train --data {Data} --class-weights balanced", program: "houses");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--class-weights is for networks that tell classes apart", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Experiments_compare_errors()
    {
        CommandResult swept = CommandLine.Run($"sweep --data {Data} --epochs 3 --learning-rates 0.001,1e6 --out {_folder.File("sweep")}", program: "houses");
        Assert.Equal(0, swept.ExitCode);
        Assert.Contains("      rate  seed        error         best  largest rise  breakdown", swept.Lines);
        Assert.Contains("mean absolute error on the training data", File.ReadAllText(Path.Combine(_folder.File("sweep"), "figure-1.svg")), StringComparison.Ordinal);

        CommandResult amplitudes = CommandLine.Run($"amplitudes --data {Data} --epochs 2 --learning-rate 0.001 --out {_folder.File("amplitudes")}", program: "houses");
        Assert.Matches("changed most in 2 epochs, to a mean absolute error of [0-9.]+ on the training data", string.Join('\n', amplitudes.Lines));
    }

    [Fact]
    public void An_autoencoder_learns_its_inputs_of_rows_and_of_built_in_data()
    {
        string model = _folder.File("ae.nn.json", """
            { "input": [4], "layers": [{ "type": "batchNorm" }, { "type": "dense", "units": 3, "activation": "tanh" }, { "type": "dense", "units": 4 }], "loss": "meanSquaredError", "batchSize": 8 }
            """u8.ToArray());
        CommandResult rows = CommandLine.Run($"train {model} --data {Path.Combine(AppContext.BaseDirectory, "fruit.csv")} --target input --label kind --epochs 2 --rule adam");
        Assert.Equal(0, rows.ExitCode);
        Assert.StartsWith("test mean absolute error ", rows.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--label rooms", "houses learns values; say which columns have them with --target, not --label")]
    [InlineData("--target 5", "has 1 targets a sample; the network houses has 2")]
    [InlineData("--target input", "has 6 inputs to give back a sample; the network houses has 2")]
    [InlineData("--schedule accuracy", "the schedule accuracy follows the share of correct predictions, which houses does not have")]
    [InlineData("--target age,rooms", "there is no column 'age' for the target")]
    public void What_does_not_fit_is_told_with_the_remedy(string options, string error)
    {
        CommandResult result = CommandLine.Run($"train --data {Data} {options}", program: "houses");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(error, result.Error, StringComparison.Ordinal);
    }
}
