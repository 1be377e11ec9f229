using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using NativeNet.Tests.Storage;
using NativeNet.Training.Monitoring;

namespace NativeNet.Tests.Cli;

public sealed partial class TrainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void Every_rule_learns_and_the_last_line_tells_how_well(string rule)
    {
        CommandResult result = CommandLine.Run($"train --epochs 20 --rule {rule}");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Error);
        Assert.Single(result.Lines, static line => line.StartsWith("test ", StringComparison.Ordinal));
        Match last = LastLine().Match(result.Lines[^1]);
        Assert.True(last.Success, result.Lines[^1]);
        Assert.True(double.Parse(last.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) > 0.9, result.Lines[^1]);
    }

    [Fact]
    public void A_run_prints_its_kernels_and_a_line_for_each_epoch()
    {
        string[] lines = CommandLine.Run("train --epochs 10").Lines;

        Assert.Equal(13, lines.Length);
        Assert.Matches("^kernels: ", lines[1]);
        Assert.Matches(@"^epoch  1/10  loss \d\.\d{4}  accuracy 0\.\d{4}  \d+ samples/s$", lines[2]);
    }

    [Fact]
    public void A_long_run_prints_about_twenty_lines_and_the_last()
    {
        string[] lines = CommandLine.Run("train --epochs 105").Lines;

        Assert.Equal(2 + 21 + 1, lines.Length);
        Assert.StartsWith("epoch 105/105 ", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Saved_weights_are_evaluated_as_they_were_trained()
    {
        string weights = _folder.File("digits.safetensors", [1, 2, 3]);
        CommandResult train = CommandLine.Run($"train --epochs 3 --output {weights}");
        CommandResult eval = CommandLine.Run($"eval digits --weights {weights}");

        Assert.Equal(train.Lines[^1], Assert.Single(eval.Lines));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void The_result_is_one_json_object()
    {
        string path = _folder.File("result.json", [1, 2, 3]);
        CommandResult train = CommandLine.Run($"train --epochs 3 --json={path}");

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = json.RootElement;
        Assert.Equal(
            ["network", "epochs", "keptEpoch", "trainAccuracy", "validationAccuracy", "validationLoss", "testAccuracy", "testLoss", "seconds", "samplesPerSecond", "parametersSha256"],
            root.EnumerateObject().Select(static property => property.Name));
        Assert.Equal("digits", root.GetProperty("network").GetString());
        Assert.Equal(3, root.GetProperty("epochs").GetInt32());
        Assert.Matches("^[0-9a-f]{64}$", root.GetProperty("parametersSha256").GetString()!);
        Assert.Equal(train.Lines[^1], FormattableString.Invariant(
            $"test accuracy {root.GetProperty("testAccuracy").GetDouble():F4} loss {root.GetProperty("testLoss").GetDouble():F4}"));
    }

    [Fact]
    public void Early_stopping_saves_the_epoch_of_the_lowest_validation_loss()
    {
        string weights = _folder.File("digits.safetensors"), json = _folder.File("result.json"), log = _folder.File("run.csv");
        CommandResult train = CommandLine.Run(
            $"train --rule adam --learning-rate 0.05 --epochs 100 --validation 0.1 --early-stop 3 --output {weights} --json {json} --log {log}");

        Assert.Equal("", train.Error);
        Assert.Equal("digits: 2410 parameters, 1294 samples to train on, 144 held out, 359 to test", train.Lines[0]);
        Assert.Matches(
            @"^epoch   1/100  loss \d\.\d{4}  accuracy 0\.\d{4}  validation loss \d\.\d{4}  accuracy 0\.\d{4}  \d+ samples/s$", train.Lines[2]);

        IReadOnlyList<EpochRecord> rows = RunLog.Read(log);
        EpochRecord best = rows.MinBy(static row => row.ValidationLoss)!;
        Assert.Equal(best.Epoch + 3, rows.Count);
        Assert.Equal($"kept epoch {best.Epoch} of {rows.Count}, with the lowest validation loss", train.Lines[^2]);

        using JsonDocument result = JsonDocument.Parse(File.ReadAllBytes(json));
        Assert.Equal(best.Epoch, result.RootElement.GetProperty("keptEpoch").GetInt32());
        Assert.Equal(best.ValidationLoss, result.RootElement.GetProperty("validationLoss").GetDouble());
        Assert.Equal(best.ValidationAccuracy, result.RootElement.GetProperty("validationAccuracy").GetDouble());
        Assert.Equal([train.Lines[^1]], CommandLine.Run($"eval digits --weights {weights}").Lines);
    }

    [Fact]
    public void Gathered_steps_are_fewer_and_a_bound_on_the_norm_makes_them_smaller()
    {
        (string plain, string gathered) = (_folder.File("plain.csv"), _folder.File("gathered.csv"));
        CommandLine.Run($"train --epochs 1 --log {plain}");
        CommandLine.Run($"train --epochs 1 --accumulate 10 --clip-norm 0.001 --log {gathered}");

        // 1438 samples in batches of 32 are 45 steps, or 5 of up to 10 batches.
        (EpochRecord expected, EpochRecord actual) = (RunLog.Read(plain)[0], RunLog.Read(gathered)[0]);
        Assert.Equal((45L, 5L), (expected.Step, actual.Step));
        Assert.True(actual.Layers[0].Updates < expected.Layers[0].Updates / 100);
    }

    [Fact]
    public void Learning_that_breaks_down_ends_the_run_and_saves_no_weights()
    {
        string json = _folder.File("result.json");
        CommandResult result = CommandLine.Run($"train deep --epochs 50 --learning-rate 1e30 --json {json} --output {_folder.File("w")}");

        Assert.Equal(3, result.ExitCode);
        Assert.Matches("^nativenet: training broke down in epoch [0-9]+, step [0-9]+: .*; lower the learning rate\n$", result.Error);
        Assert.DoesNotContain("test accuracy", result.Output, StringComparison.Ordinal);
        Assert.Equal([json], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Contains("\"testLoss\": null", File.ReadAllText(json), StringComparison.Ordinal);
    }

    [Fact]
    public void A_csv_file_is_split_into_rows_to_train_on_and_rows_to_test()
    {
        string row = string.Join(',', Enumerable.Repeat("8", 64));
        string path = _folder.File("data.csv", System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"{row},3\n", 11))));

        Assert.Contains(" 9 samples to train on, 2 to test", CommandLine.Run($"train --data {path} --epochs 1").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_output_nobody_reads_ends_quietly()
    {
        using Process process = CommandLine.Start("train --epochs 4000");
        process.StandardOutput.ReadLine();
        process.StandardOutput.Close();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal("", error);
        Assert.Equal(141, process.ExitCode);
    }

    [Fact]
    public void An_interrupted_run_tells_where_it_stopped_and_saves_the_weights_reached()
    {
        CommandLine.RequireInterrupts();
        string weights = _folder.File("w");
        using Process process = CommandLine.Start($"train deep --epochs 1000000 --output {weights}");
        process.StandardOutput.ReadLine();
        process.StandardOutput.ReadLine();
        string error = CommandLine.Interrupt(process);

        Assert.Matches("^nativenet: stopped in epoch [0-9]+ of 1000000 after [0-9]+ steps; .*w holds the weights reached\n$", error);
        Assert.Equal(130, process.ExitCode);
        Assert.Equal([weights], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal(0, CommandLine.Run($"eval deep --weights {weights}").ExitCode);
    }

    [GeneratedRegex(@"^test accuracy ([01]\.\d{4}) loss \d+\.\d{4}$")]
    private static partial Regex LastLine();
}
