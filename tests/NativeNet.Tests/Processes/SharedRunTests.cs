using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NativeNet.Tests.Cli;
using NativeNet.Tests.Storage;

namespace NativeNet.Tests.Processes;

/// <summary>Whole runs by several processes are those of one, to the bit.</summary>
public sealed class SharedRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Process? _begun;

    public SharedRunTests() => Mpirun.Require();

    public void Dispose()
    {
        if (_begun is { HasExited: false })
            _begun.Kill(entireProcessTree: true);
        _begun?.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_fixed_runs_have_the_parameters_of_one_process(int processes)
    {
        CommandResult result = Mpirun.Run(processes, "selftest");

        Assert.Equal("2 passed, 0 failed", result.Lines[^1]);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Error);
    }

    [Theory]
    [InlineData("batch-norm-conv", "dropout", 1)]
    [InlineData("gru-stack", "lstm-stack", 2)]
    public void Networks_of_files_have_too_and_their_logs(string one, string other, int threads)
    {
        foreach (string network in (string[])[one, other])
        {
            string arguments = $"train {CopyNetwork(network)} --data {WriteData(network)} --epochs 2 --rule adam";
            (string hash, string log) = Train(null, arguments);
            foreach (int processes in (int[])[2, 3])
                Assert.Equal((hash, log), Train(processes, $"{arguments} --threads {threads}"));
        }
    }

    [Fact]
    public void A_run_goes_on_with_another_number_of_processes()
    {
        string checkpoint = Path.Combine(_folder.Path, "run.ckpt");
        (string whole, _) = Train(null, "train digits --epochs 4 --rule adam --validation 0.1 --early-stop 3");
        Assert.Equal(0, Mpirun.Run(2, $"train digits --epochs 2 --rule adam --validation 0.1 --early-stop 3 --checkpoint {checkpoint}").ExitCode);

        Assert.Equal(whole, Train(3, $"train digits --epochs 4 --rule adam --validation 0.1 --early-stop 3 --resume {checkpoint}").Hash);
        Assert.Equal(whole, Train(null, $"train digits --epochs 4 --rule adam --validation 0.1 --early-stop 3 --resume {checkpoint}").Hash);
    }

    [Fact]
    public void A_run_that_is_asked_to_end_saves_what_it_has_reached()
    {
        string checkpoint = Path.Combine(_folder.Path, "run.ckpt");
        Process process = Begin(2, $"train digits --epochs 1000000 --checkpoint {checkpoint}");
        string error = CommandLine.Interrupt(process, "TERM");

        Assert.Contains($"continue with --resume {checkpoint}", error, StringComparison.Ordinal);
        Assert.True(File.Exists(checkpoint));
    }

    [Fact]
    public void The_death_of_a_process_ends_all_and_leaves_the_last_checkpoint()
    {
        string checkpoint = Path.Combine(_folder.Path, "run.ckpt");
        Process process = Begin(2, $"train digits --epochs 1000000 --checkpoint {checkpoint} --every 1");
        while (!File.Exists(checkpoint) && !process.HasExited)
            Thread.Sleep(10);

        using Process killed = Process.GetProcessById(ChildrenOf(process.Id).Last());
        killed.Kill();
        string error = ReadToEnd(process);

        Assert.NotEqual(0, process.ExitCode);
        Assert.Matches("rank [01] .*signal 9", error.ReplaceLineEndings(" "));
        string hash = Train(null, $"train digits --epochs {EpochsOf(checkpoint) + 1} --resume {checkpoint}").Hash;
        Assert.Equal(Train(null, $"train digits --epochs {EpochsOf(checkpoint) + 1}").Hash, hash);
    }

    [Fact]
    public void Processes_with_other_data_are_refused_and_told_once()
    {
        string first = WriteData("dropout", "data0.csv"), second = WriteData("dropout", "data1.csv");
        File.AppendAllLines(second, [File.ReadLines(second).Last()]);
        string script = _folder.File("train.sh", System.Text.Encoding.ASCII.GetBytes($"dotnet {Mpirun.PathOf("NativeNet.Cli")} train {CopyNetwork("dropout")} --data {_folder.Path}/data$OMPI_COMM_WORLD_RANK.csv\n"));
        using Process process = Mpirun.Start(2, $"sh {script}");
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(1, process.ExitCode);
        Assert.Single(error.Split('\n'), static line => line.Contains("processes 0 and 1 have different data", StringComparison.Ordinal));
        Assert.True(File.Exists(first));
    }

    [Fact]
    public void A_mistake_in_the_command_line_is_told_once()
    {
        CommandResult result = Mpirun.Run(3, "train digits --epochs none");

        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Error.Split('\n'), static line => line.StartsWith("nativenet: ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_runs_of_a_sweep_are_shared()
    {
        string alone = Path.Combine(_folder.Path, "alone"), shared = Path.Combine(_folder.Path, "shared");
        CommandResult one = CommandLine.Run($"sweep digits --epochs 2 --learning-rates 0.05,0.1,1e9 --seeds 2 --out {alone}");
        CommandResult three = Mpirun.Run(3, $"sweep digits --epochs 2 --learning-rates 0.05,0.1,1e9 --seeds 2 --out {shared}");

        Assert.Equal(0, three.ExitCode);
        Assert.Contains("2 of 2 runs done", three.Output, StringComparison.Ordinal);
        Assert.Equal(TableOf(one), TableOf(three));
        Assert.Equal(7, Directory.GetFiles(alone).Length);
        Assert.All(Directory.GetFiles(alone), file => Assert.Equal(File.ReadAllText(file), File.ReadAllText(Path.Combine(shared, Path.GetFileName(file)))));

        static string[] TableOf(CommandResult result) => [.. result.Lines.SkipWhile(static line => !line.Contains("breakdown", StringComparison.Ordinal)).Take(7)];
    }

    /// <summary>The hash of the trained parameters, and the log, in which seconds have no part.</summary>
    private (string Hash, string Log) Train(int? processes, string arguments)
    {
        string json = Path.Combine(_folder.Path, "result.json"), log = Path.Combine(_folder.Path, "log.csv");
        File.Delete(json);
        File.Delete(log);
        arguments += $" --json {json} --log {log}";
        CommandResult result = processes is { } several ? Mpirun.Run(several, arguments) : CommandLine.Run(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Single(result.Lines, static line => line.StartsWith("test ", StringComparison.Ordinal));
        using var document = JsonDocument.Parse(File.ReadAllBytes(json));
        return (document.RootElement.GetProperty("parametersSha256").GetString()!, File.ReadAllText(log));
    }

    /// <summary>Starts a run and waits for its beginning.</summary>
    private Process Begin(int processes, string arguments)
    {
        Process process = _begun = Mpirun.Start(processes, $"dotnet {Mpirun.PathOf("NativeNet.Cli")} {arguments}");
        string? line;
        while ((line = process.StandardOutput.ReadLine()) is not null && !line.StartsWith("kernels: ", StringComparison.Ordinal))
        {
        }

        Assert.NotNull(line);
        _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return process;
    }

    /// <summary>What a run that ends by itself writes on standard error.</summary>
    private static string ReadToEnd(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), "the others go on");
        return error.GetAwaiter().GetResult();
    }

    private static int[] ChildrenOf(int process)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task/{process}/children");
        return File.Exists(path) ? [.. File.ReadAllText(path).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static id => int.Parse(id, CultureInfo.InvariantCulture))] : [];
    }

    private static int EpochsOf(string checkpoint)
    {
        using FileStream file = File.OpenRead(checkpoint);
        byte[] length = new byte[8];
        file.ReadExactly(length);
        byte[] header = new byte[BitConverter.ToInt64(length)];
        file.ReadExactly(header);
        using var document = JsonDocument.Parse(header);
        return int.Parse(document.RootElement.GetProperty("__metadata__").GetProperty("epoch").GetString()!, CultureInfo.InvariantCulture);
    }

    private string CopyNetwork(string name) => _folder.File($"{name}.nn.json", File.ReadAllBytes(SourceOf(name)));

    private static string SourceOf(string name, [System.Runtime.CompilerServices.CallerFilePath] string here = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "Networks", $"{name}.nn.json"));

    /// <summary>Rows for a classifier, of which the last batch is not whole.</summary>
    private string WriteData(string network, string name = "data.csv")
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SourceOf(network)));
        int length = document.RootElement.GetProperty("input").EnumerateArray().Aggregate(1, static (product, size) => product * size.GetInt32());
        IEnumerable<string> rows = Enumerable.Range(0, 90).Select(row => string.Join(
            ',', Enumerable.Range(0, length).Select(i => (((((row * length) + i) * 37) % 101) - 50).ToString(CultureInfo.InvariantCulture)).Append((row * row % 3 % 2).ToString(CultureInfo.InvariantCulture))));
        string path = Path.Combine(_folder.Path, name);
        File.WriteAllLines(path, rows);
        return path;
    }
}
