using NativeNet.Tests.Storage;
using NativeNet.Training.Monitoring;

namespace NativeNet.Tests.Cli;

/// <summary><c>nativenet sweep</c>, <c>amplitudes</c> and <c>plot</c>.</summary>
public sealed class ExperimentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sweep_leaves_a_log_for_each_run_a_figure_and_a_table()
    {
        string folder = _folder.File("new/sweep");
        CommandResult result = CommandLine.Run($"sweep digits --learning-rates 0.001,0.1 --epochs 3 --seeds 2 --out {folder}");

        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            ["figure-1.svg", "rate-0.001-seed-1.csv", "rate-0.001-seed-2.csv", "rate-0.1-seed-1.csv", "rate-0.1-seed-2.csv"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(4, result.Lines.Count(static line => line.Contains(" of 4 runs done: rate 0.", StringComparison.Ordinal)));

        double accuracy = RunLog.Read(Path.Combine(folder, "rate-0.1-seed-2.csv"))[2].Accuracy;
        Assert.Contains(
            FormattableString.Invariant($"       0.1     2    {accuracy:F4}  {accuracy:F4}   0.0 points  none"), result.Lines);
        Assert.Equal(["rate 0.001", "rate 0.1"], SvgFile.Legend(Path.Combine(folder, "figure-1.svg")));
    }

    [Fact]
    public void A_sweep_left_to_itself_shows_a_rate_too_slow_one_with_dips_and_one_that_breaks_down()
    {
        CommandResult result = CommandLine.Run($"sweep --epochs 500 --out {_folder.File("sweep")}");

        string[][] rows = [.. result.Lines.SkipWhile(static line => !line.EndsWith("breakdown", StringComparison.Ordinal)).Skip(1).Take(3)
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(["0.0035", "0.035", "2"], rows.Select(static row => row[0]));
        Assert.True(Number(rows[0][2]) < 0.35 && Number(rows[0][4]) < 5 && rows[0][6] == "none", result.Output);
        Assert.True(Number(rows[1][2]) > 0.5 && Number(rows[1][4]) > 5 && rows[1][6] == "none", result.Output);
        Assert.True(Number(rows[2][2]) < 0.12 && rows[2][6] == "CollapsedPrediction", result.Output);

        static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_sweep_trains_as_the_train_command_does()
    {
        (string folder, string log) = (_folder.File("sweep"), _folder.File("run.csv"));
        CommandLine.Run($"sweep digits --learning-rates 0.05 --epochs 2 --seeds 1 --out {folder}");
        CommandLine.Run($"train digits --learning-rate 0.05 --epochs 2 --seed 1 --log {log}");

        Assert.Equal(File.ReadAllText(log), File.ReadAllText(Path.Combine(folder, "rate-0.05-seed-1.csv")));
    }

    [Fact]
    public void A_sweep_tells_how_a_rate_broke_learning_down()
    {
        CommandResult result = CommandLine.Run($"sweep digits --learning-rates 1e9 --epochs 2 --out {_folder.File("sweep")}");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(result.Lines, static line => line.EndsWith("points  ExplodedLoss in epoch 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Amplitudes_name_the_layer_that_changed_most()
    {
        string folder = _folder.File("amplitudes");
        CommandResult result = CommandLine.Run($"amplitudes digits --epochs 3 --out {folder}");

        Assert.Equal("", result.Error);
        LayerRecord[] layers = RunLog.Read(Path.Combine(folder, "amplitudes.csv"))[2].Layers.ToArray();
        int most = layers.MaxBy(static layer => Math.Abs(layer.Weights - 1)).Index;
        Assert.Equal(FormattableString.Invariant($"layer 1: mean |w| is {layers[0].Weights:F3} times that at the start"), result.Lines[0]);
        Assert.StartsWith($"layer {most} changed most in 3 epochs, ", result.Lines[2], StringComparison.Ordinal);
        Assert.Equal(["layer 1", "layer 2"], SvgFile.Legend(Path.Combine(folder, "amplitudes.svg")));
    }

    [Fact]
    public void Logs_are_drawn_over_each_other_with_their_names_in_the_legend()
    {
        (string log, string other, string figure) = (_folder.File("a.csv"), _folder.File("b&c.csv"), _folder.File("both.svg"));
        CommandLine.Run($"train --epochs 2 --log {log}");
        File.Copy(log, other);

        CommandResult result = CommandLine.Run($"plot {log} --output {figure} {other}");

        Assert.Equal("", result.Error);
        Assert.Equal([_folder.File("a"), _folder.File("b&c")], SvgFile.Legend(figure));
    }

    [Theory]
    [InlineData("loss", "loss on the training data", "loss", "run")]
    [InlineData("rate", "learning rate", "rate", "run")]
    [InlineData("validationAccuracy", "accuracy on held-out samples", "accuracy", "run")]
    [InlineData("layers.2.dead", "layer 2: share of units that were 0 for every sample", "share of units", "run")]
    [InlineData("weights", "mean |w|, relative to the start", "mean |w| / mean |w| at the start", "run layer 1", "run layer 2")]
    public void Any_column_can_be_drawn_and_those_of_all_layers_together(string column, string title, string axis, params string[] legend)
    {
        (string log, string figure) = (_folder.File("run.csv"), _folder.File("figure.svg"));
        CommandLine.Run($"train --epochs 3 --validation 0.1 --log {log}");

        Assert.Equal("", CommandLine.Run($"plot {log} --column {column} --output {figure}").Error);
        Assert.Equal(legend.Select(label => _folder.File(label)), SvgFile.Legend(figure));
        string[] texts = SvgFile.Texts(figure);
        Assert.Equal((title, axis), (texts[0], texts[^(legend.Length + 1)]));
    }

    [Fact]
    public void A_column_that_no_log_has_is_answered_with_those_that_there_are()
    {
        string log = _folder.File("run.csv");
        CommandLine.Run($"train --epochs 1 --log {log}");

        CommandResult unknown = CommandLine.Run($"plot {log} --column los --output {_folder.File("x.svg")}");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Equal(
            $"nativenet: {log} has no column 'los'; did you mean 'loss'? There are epoch, step, rate, loss, accuracy, validationLoss, "
            + "validationAccuracy, and of one layer, as layers.0.weights, or of all weights, gradients, updates, dead\n", unknown.Error);

        CommandResult empty = CommandLine.Run($"plot {log} --column validationLoss --output {_folder.File("x.svg")}");
        Assert.Equal((1, $"nativenet: {log}: column 'validationLoss' is empty; train with --validation\n"), (empty.ExitCode, empty.Error));
        Assert.False(File.Exists(_folder.File("x.svg")));
    }

    [Theory]
    [InlineData(0, "1", "2", "3")]
    [InlineData(1, "1", "Infinity", "3")]
    [InlineData(1, "1", "-Infinity", "")]
    [InlineData(2, "1.7976931348623157E+308", "-1.7976931348623157E+308", "0")]
    [InlineData(0, "1E+300", "-1E+300", "0")]
    [InlineData(0, "5E-324", "0", "1E-310")]
    [InlineData(0, "5E-324", "5E-324", "5E-324")]
    [InlineData(0, "-1", "-1.0000000001", "-1")]
    [InlineData(3, "Infinity", "-Infinity", "Infinity")]
    public void What_cannot_be_drawn_is_left_out_and_said(int leftOut, params string[] losses)
    {
        string figure = _folder.File("x.svg"), rows = string.Concat(losses.Select(
            static (loss, i) => FormattableString.Invariant($"{i + 1},{i + 1},0.1,{loss},0.5,,\n")));
        string log = _folder.File("run\u0001\u001b.csv", System.Text.Encoding.ASCII.GetBytes("epoch,step,rate,loss,accuracy,validationLoss,validationAccuracy\n" + rows));

        CommandResult result = CommandLine.Run($"plot {log} --column loss --output {figure}");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(leftOut > 0, result.Output.Contains($" written; left out: {leftOut} infinite", StringComparison.Ordinal));
        Assert.EndsWith("run\\u0001\\u001B", Assert.Single(SvgFile.Legend(figure)), StringComparison.Ordinal);
        string svg = File.ReadAllText(figure);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
        Assert.Equal(losses.Count(static loss => loss.Length > 0) - leftOut > 0, svg.Contains("fill=\"none\" stroke-width", StringComparison.Ordinal) && !svg.Contains("d=\"\" fill", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_no_log_is_named()
    {
        string path = _folder.File("x.csv", "1,2\n"u8.ToArray());
        CommandResult result = CommandLine.Run($"plot {path} --output {_folder.File("x.svg")}");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"nativenet: {path}(1,1): column '1' should be 'epoch'", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("x.svg")));
    }
}
