using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NativeNet.Tests.Storage;
using NativeNet.Training.Monitoring;

namespace NativeNet.Tests.Cli;

/// <summary>Schedules, logs and checkpoints of <c>nativenet train</c>.</summary>
public sealed partial class RunFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Epochs_that_a_log_has_no_rows_of_are_told()
    {
        (string log, string checkpoint) = (_folder.File("run.csv"), _folder.File("checkpoint"));
        TrainHash($"digits --epochs 2 --checkpoint {checkpoint} --log {log}");
        Assert.Equal("", CommandLine.Run($"train digits --epochs 5 --checkpoint {checkpoint} --resume {checkpoint}").Error);
        Assert.Equal(
            $"nativenet: warning: {log} has no rows of 3 of the 5 epochs before, which were trained without it\n",
            CommandLine.Run($"train digits --epochs 6 --resume {checkpoint} --log {log}").Error);
    }

    [Theory]
    [InlineData("constant", 0, new[] { 1f, 1f, 1f, 1f })]
    [InlineData("step:2:0.5", 0, new[] { 1f, 1f, 0.5f, 0.5f })]
    [InlineData("exponential:0.5", 0, new[] { 1f, 0.5f, 0.25f, 0.125f })]
    [InlineData("inverseTime:1", 0, new[] { 1f, 1f / 2, 1f / 3, 1f / 4 })]
    [InlineData("cosine:2:0.5", 0, new[] { 1f, 0.75f, 0.5f, 0.5f })]
    [InlineData("plateau:4:0.5", 0, new[] { 1f, 1f, 1f, 1f })]
    [InlineData("exponential:0.5", 1, new[] { 0.5f, 1f, 0.5f, 0.25f })]
    public void The_log_shows_the_rates_of_the_schedule(string schedule, int warmup, float[] factors)
    {
        string log = _folder.File("run.csv");
        CommandResult result = CommandLine.Run($"train --epochs 4 --learning-rate 0.5 --schedule {schedule} --warmup {warmup} --log {log}");

        Assert.Equal("", result.Error);
        Assert.Equal(factors.Select(static factor => factor / 2), RunLog.Read(log).Select(static row => row.Rate));
    }

    [Fact]
    public void The_accuracy_schedule_follows_the_accuracy_of_the_log()
    {
        string log = _folder.File("run.csv");
        CommandLine.Run($"train --epochs 3 --learning-rate 0.25 --schedule accuracy:0.5 --log {log}");

        IReadOnlyList<EpochRecord> rows = RunLog.Read(log);
        Assert.Equal(0.25, rows[0].Rate);
        Assert.Equal(0.25 * (1 - (0.5 * rows[0].Accuracy)), rows[1].Rate, 1e-7);
        Assert.True(rows[1].Rate < 0.25);
    }

    [Fact]
    public void A_run_that_is_killed_at_any_moment_continues_to_the_same_bits()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are killed the Unix way");
        const string Run = "train --rule adam --validation 0.1 --early-stop 1000000";
        string checkpoint = _folder.File("run.checkpoint");

        // However fast or slow the machine is, no process ends by itself, and each saves something before it is killed.
        var random = new Random(11);
        for (int kill = 0; kill < 10; kill++)
        {
            DateTime before = File.GetLastWriteTimeUtc(checkpoint);
            string resume = File.Exists(checkpoint) ? $"--resume {checkpoint}" : "";
            using Process process = CommandLine.Start($"{Run} --epochs 1000000 --checkpoint {checkpoint} --every 1 {resume}");
            while (File.GetLastWriteTimeUtc(checkpoint) == before && !process.HasExited)
                Thread.Sleep(1);
            Thread.Sleep(random.Next(30));
            process.Kill();
            process.WaitForExit();
            Assert.Equal((137, ""), (process.ExitCode, process.StandardError.ReadToEnd()));
        }

        CommandResult behind = CommandLine.Run($"{Run} --epochs 1 --resume {checkpoint}");
        int epochs = Number(EpochsBehind().Match(behind.Error).Groups[1]) + 3;
        Assert.Equal(TrainHash($"{Run[5..]} --epochs {epochs}"), TrainHash($"{Run[5..]} --epochs {epochs} --resume {checkpoint}"));
    }

    [Theory]
    [InlineData("--rule adam --schedule accuracy", "--threads 2")]
    [InlineData("--rule momentum --schedule plateau:0:0.5 --warmup 2", "--threads 2")]
    [InlineData("--rule adam --learning-rate 0.03 --validation 0.1 --early-stop 8", "--threads 2")]
    [InlineData("--rule adam --learning-rate 0.1 --validation 0.1 --early-stop 3", "--threads 2")]
    [InlineData("--rule momentum --clip-norm 0.5 --accumulate 4 --validation 0.2 --schedule accuracy", "")]
    public void A_resumed_run_equals_one_that_was_never_stopped(string options, string others)
    {
        (string whole, string resumed) = (_folder.File("whole.csv"), _folder.File("resumed.csv"));
        string checkpoint = _folder.File("run.checkpoint");
        string expected = TrainHash($"{options} --epochs 10 --log {whole}");

        TrainHash($"{options} --epochs 5 --checkpoint {checkpoint} --every 2 --log {resumed}");
        string found = TrainHash($"{options} --epochs 10 --resume {checkpoint} {others} --log {resumed}");

        Assert.Equal(expected, found);
        Assert.Equal(File.ReadAllText(whole), File.ReadAllText(resumed));
    }

    [Fact]
    public void A_run_that_was_killed_behind_its_last_epoch_is_finished_without_training()
    {
        string checkpoint = _folder.File("run.checkpoint"), weights = _folder.File("digits.safetensors");
        const string Run = "train --rule adam --learning-rate 0.1 --validation 0.1 --early-stop 1 --epochs 100";
        string[] first = CommandLine.Run($"{Run} --checkpoint {checkpoint}").Lines;
        CommandResult second = CommandLine.Run($"{Run} --resume {checkpoint} --output {weights}");

        Assert.Equal("", second.Error);
        Assert.Equal([first[0], first[1], first[^2], first[^1]], second.Lines);
        Assert.Matches("^kept epoch [0-9]+ of [0-9]+, with the lowest validation loss$", second.Lines[2]);
        Assert.Equal([first[^1]], CommandLine.Run($"eval digits --weights {weights}").Lines);
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused()
    {
        string checkpoint = _folder.File("run.checkpoint");
        CommandLine.Run($"train --epochs 1 --checkpoint {checkpoint}");

        foreach (string difference in (string[])["--learning-rate 0.5", "--validation 0.1", "--clip-norm 1", "--accumulate 2", "--seed 1"])
        {
            CommandResult other = CommandLine.Run($"train --epochs 2 --resume {checkpoint} {difference}");
            Assert.Equal(1, other.ExitCode);
            Assert.StartsWith($"nativenet: {checkpoint}: ", other.Error, StringComparison.Ordinal);
        }

        CommandLine.Run($"train --epochs 3 --checkpoint {checkpoint}");
        CommandResult behind = CommandLine.Run($"train --epochs 2 --resume {checkpoint}");
        Assert.Equal(2, behind.ExitCode);
        Assert.Equal($"nativenet: {checkpoint} has 3 epochs behind it; continue with as many --epochs or more, not 2\n", behind.Error);
    }

    [Fact]
    public void A_run_that_breaks_down_keeps_the_checkpoint_from_before()
    {
        string checkpoint = _folder.File("run.checkpoint");
        CommandResult result = CommandLine.Run($"train deep --learning-rate 30 --warmup 100 --checkpoint {checkpoint} --every 1");

        // A collapse is certain after 20 epochs; what is kept is from before its first.
        Assert.Equal(3, result.ExitCode);
        Match message = Breakdown().Match(result.Error);
        Assert.True(message.Success, result.Error);
        int broken = Number(message.Groups[1]), kept = Number(message.Groups[2]);
        Assert.Equal(broken - 20, kept);
        Assert.Equal(3, CommandLine.Run($"train deep --learning-rate 30 --warmup 100 --resume {checkpoint}").ExitCode);
    }

    [Fact]
    public void An_interrupted_run_continues_to_the_same_result()
    {
        CommandLine.RequireInterrupts();
        string checkpoint = _folder.File("run.checkpoint");
        using Process process = CommandLine.Start($"train deep --epochs 1000000 --checkpoint {checkpoint} --every 1000000");
        process.StandardOutput.ReadLine();
        process.StandardOutput.ReadLine();
        string error = CommandLine.Interrupt(process);

        Assert.Equal(130, process.ExitCode);
        Assert.Matches($"^nativenet: stopped in epoch [0-9]+ of 1000000 after [0-9]+ steps; continue with --resume {checkpoint}\n$", error);
        int stopped = Number(StoppedEpoch().Match(error).Groups[1]);
        Assert.Equal(TrainHash($"deep --epochs {stopped}"), TrainHash($"deep --epochs {stopped} --resume {checkpoint}"));
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("training broke down in epoch ([0-9]+), .*: every sample is predicted as one class.* holds the end of epoch ([0-9]+)\n$")]
    private static partial Regex Breakdown();

    [GeneratedRegex(" has ([0-9]+) epochs behind it; ")]
    private static partial Regex EpochsBehind();

    [GeneratedRegex("stopped in epoch ([0-9]+) of ")]
    private static partial Regex StoppedEpoch();

    /// <summary>Trains and tells the hash of the parameters.</summary>
    private string TrainHash(string arguments)
    {
        string path = _folder.File("result.json");
        CommandResult result = CommandLine.Run($"train {arguments} --json {path}");
        Assert.Equal("", result.Error);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
        return json.RootElement.GetProperty("parametersSha256").GetString()!;
    }
}
