using System.Diagnostics;
using NativeNet.Storage;
using NativeNet.Tests.Data;
using NativeNet.Tests.Storage;
using NativeNet.Training.Monitoring;

namespace NativeNet.Tests.Cli;

/// <summary>Results are never lost, and never replace what they should not.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train --checkpoint x --output x", "--output and --checkpoint are one file, x")]
    [InlineData("train --json x --log ./sub/../x", "--json and --log are one file, ./sub/../x")]
    [InlineData("train --resume old --output old", "--resume and --output are one file, old")]
    [InlineData("train --data data.csv --log data.csv", "--data and --log are one file, data.csv")]
    [InlineData("train --data link.csv --json data.csv", "--data and --json are one file, data.csv")]
    [InlineData("train mnist --data idx --log idx/train-images-idx3-ubyte", "--data and --log are one file, ")]
    [InlineData("fold old --weights w --network x --output x", "--network and --output are one file, x")]
    [InlineData("fold old --weights w --network old --output x", "the network file and --network are one file, old")]
    [InlineData("plot old --output old", "a log and --output are one file, old")]
    [InlineData("eval digits --weights report/worst.csv --report report", "--weights and --report are one file, ")]
    public void One_file_for_two_purposes_is_refused_before_anything_is_written(string arguments, string message)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links are made the Unix way");
        foreach (string folder in (string[])["sub", "idx", "sweep", "report"])
            Directory.CreateDirectory(_folder.File(folder));
        foreach (string file in (string[])["old", "data.csv", "idx/train-images-idx3-ubyte", "sweep/figure-1.svg", "report/worst.csv"])
            _folder.File(file, [1, 2, 3]);
        File.CreateSymbolicLink(_folder.File("link.csv"), "data.csv");
        string[] before = Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories);

        CommandResult result = CommandLine.RunShell(_folder.Path, $"nativenet {arguments}");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"nativenet: {message}", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(_folder.File("data.csv")));
    }

    [Theory]
    [InlineData("train --output folder", "folder: is a folder")]
    [InlineData("train --json folder/", "folder/: is a folder")]
    [InlineData("train --checkpoint pipe", "pipe: is a device or a pipe")]
    [InlineData("train --log LONG", "LONG: the name is too long")]
    [InlineData("sweep --out folder", "folder/figure-1.svg: is a folder")]
    [InlineData("amplitudes --out folder", "folder/amplitudes.svg: is a folder")]
    [InlineData("eval digits --weights w --report folder", "folder/worst.svg: is a folder")]
    [InlineData("bench digits --json pipe", "pipe: is a device or a pipe")]
    public void A_place_that_will_not_do_is_found_before_the_work(string arguments, string message)
    {
        foreach (string name in (string[])["figure-1.svg", "amplitudes.svg", "worst.svg"])
            Directory.CreateDirectory(_folder.File($"folder/{name}"));
        string tooLong = new('n', 256);

        CommandResult result = CommandLine.RunShell(
            _folder.Path, $"mkfifo pipe; nativenet {arguments.Replace("LONG", tooLong, StringComparison.Ordinal)}");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"nativenet: {message.Replace("LONG", tooLong[..200], StringComparison.Ordinal)}"[..20], result.Error, StringComparison.Ordinal);
        Assert.Contains(message[(message.LastIndexOf(':') + 2)..], result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void What_does_not_fit_its_disk_is_kept_elsewhere()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only an administrator mounts a small disk");

        // The disk is full after the places were tried.
        CommandResult result = CommandLine.RunShell(_folder.Path, """
            mkdir full tmp; export TMPDIR=$PWD/tmp
            mount -t tmpfs -o size=32k nativenet-test full || exit 77
            head -c 8000 /dev/zero > full/other
            nativenet train --epochs 40 --every 1 --output full/w --json full/j --log full/l --checkpoint full/c; code=$?
            ls -A full | tr '\n' ' '; umount full; exit $code
            """);
        Assert.SkipWhen(result.ExitCode == 77, "this machine mounts nothing");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("test accuracy", result.Output, StringComparison.Ordinal);
        Assert.Contains("; the checkpoint holds ", result.Error, StringComparison.Ordinal);
        Assert.Contains("what should be in full/w is kept as ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", result.Output, StringComparison.Ordinal);

        string kept = result.Error.Split('\n').First(static line => line.Contains("full/w is kept", StringComparison.Ordinal)).Split(" as ")[1];
        Assert.Equal(0, CommandLine.Run($"eval digits --weights {kept}").ExitCode);
    }

    [Fact]
    public void Of_two_runs_with_one_checkpoint_or_one_log_the_second_is_refused()
    {
        CommandLine.RequireInterrupts();
        string checkpoint = _folder.File("c"), log = _folder.File("l");
        using Process first = CommandLine.Start($"train deep --epochs 1000000 --checkpoint {checkpoint} --log {log}");
        first.StandardOutput.ReadLine();
        first.StandardOutput.ReadLine();
        while (!File.Exists(log))
            Thread.Sleep(1);

        CommandResult second = CommandLine.Run($"train deep --epochs 1 --checkpoint {checkpoint}");
        CommandResult third = CommandLine.Run($"train deep --epochs 1 --log {log}");
        CommandLine.Interrupt(first);

        Assert.Equal((1, $"nativenet: {checkpoint}: another run is writing it; wait for its end or name another file\n"), (second.ExitCode, second.Error));
        Assert.Equal((1, $"nativenet: {log}: another run is writing it; wait for its end or name another file\n"), (third.ExitCode, third.Error));
        Assert.Equal([checkpoint, log], Directory.GetFileSystemEntries(_folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_run_is_resumed_though_its_log_is_damaged()
    {
        string checkpoint = _folder.File("c"), log = _folder.File("l"), damaged = "epoch,step\n1\n";
        CommandLine.Run($"train --epochs 2 --checkpoint {checkpoint}");
        File.WriteAllText(log, damaged);

        CommandResult result = CommandLine.Run($"train --epochs 3 --resume {checkpoint} --log {log}");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith($"nativenet: warning: {log}(1,", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(RunLog.Read(log)).Epoch);
        string aside = Assert.Single(Directory.GetFiles(_folder.Path, "l.2*"));
        Assert.Equal(damaged, File.ReadAllText(aside));
        Assert.Contains(aside, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("TERM")]
    public void A_run_that_is_asked_to_end_saves_its_checkpoint(string signal)
    {
        CommandLine.RequireInterrupts();
        string checkpoint = _folder.File("c");
        using Process process = StartLong($"--checkpoint {checkpoint}");

        Assert.EndsWith($"; continue with --resume {checkpoint}\n", CommandLine.Interrupt(process, signal), StringComparison.Ordinal);
        Assert.Equal(130, process.ExitCode);
        Assert.Equal([checkpoint], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_hang_up_that_is_ignored_ends_nothing()
    {
        CommandResult result = CommandLine.RunShell(_folder.Path, """
            trap '' HUP
            nativenet train deep --epochs 1000000 --output w > /dev/null & sleep 1; child=$(pgrep -P $!)
            kill -HUP $child $!; sleep 0.5; kill -0 $! && echo goes on; kill -TERM $child; wait
            """);
        Assert.Equal("goes on\n", result.Output);
    }

    [Fact]
    public void Weights_that_an_interrupted_run_has_reached_are_saved_where_they_were_to_be()
    {
        CommandLine.RequireInterrupts();
        string weights = _folder.File("w");
        using Process process = StartLong($"--output {weights}");

        Assert.EndsWith($" steps; {weights} holds the weights reached\n", CommandLine.Interrupt(process), StringComparison.Ordinal);
        Assert.Equal(130, process.ExitCode);
        Assert.Equal(0, CommandLine.Run($"eval deep --weights {weights}").ExitCode);
    }

    [Fact]
    public void What_was_reached_is_kept_when_nobody_reads_the_output_any_more()
    {
        CommandResult result = CommandLine.RunShell(
            _folder.Path, "nativenet train deep --epochs 90 --output w | head -n 3 > /dev/null; exit ${PIPESTATUS[0]}");
        Assert.Equal(141, result.ExitCode);
        Assert.Equal(0, CommandLine.Run($"eval deep --weights {_folder.File("w")}").ExitCode);
    }

    [Fact]
    public void Writers_that_are_killed_at_any_moment_leave_a_whole_file_and_nothing_that_stays()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are killed the Unix way");
        string checkpoint = _folder.File("c"), log = _folder.File("l");
        var random = new Random(5);
        for (int kill = 0; kill < 8; kill++)
        {
            string resume = File.Exists(checkpoint) ? $"--resume {checkpoint}" : "";
            using Process process = CommandLine.Start($"train --epochs 1000000 --checkpoint {checkpoint} --every 1 --log {log} {resume}");
            process.StandardOutput.ReadLine();
            DateTime before = File.GetLastWriteTimeUtc(checkpoint);
            while (File.GetLastWriteTimeUtc(checkpoint) == before && !process.HasExited)
                Thread.Sleep(1);
            Thread.Sleep(random.Next(20));
            process.Kill();
            process.WaitForExit();
            Assert.Equal((137, ""), (process.ExitCode, process.StandardError.ReadToEnd()));
        }

        // What was killed last may have left something; the next run leaves nothing.
        SafetensorsFile.Read(checkpoint);
        using (Process last = CommandLine.Start($"train --epochs 1000000 --resume {checkpoint} --checkpoint {checkpoint} --log {log}"))
        {
            last.StandardOutput.ReadLine();
            last.StandardOutput.ReadLine();
            Thread.Sleep(200);
            CommandLine.Interrupt(last, "TERM"); // which nothing makes programs ignore
        }

        int[] epochs = [.. RunLog.Read(log).Select(static row => row.Epoch)];
        Assert.Equal(Enumerable.Range(1, epochs.Length), epochs);
        Assert.Equal([checkpoint, log], Directory.GetFileSystemEntries(_folder.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("train --data pipe", "pipe: is a pipe or a device")]
    [InlineData("train mnist --data idx", "idx/train-images-idx3-ubyte: is a pipe or a device")]
    [InlineData("train --resume pipe", "pipe: is a pipe or a device")]
    [InlineData("eval digits --weights pipe", "pipe: is a pipe or a device")]
    [InlineData("plot pipe", "pipe: is a pipe or a device")]
    [InlineData("info pipe.nn.json", "pipe.nn.json: is a pipe or a device")]
    public void A_pipe_is_not_waited_for(string arguments, string message)
    {
        CommandResult result = CommandLine.RunShell(
            _folder.Path, $"mkdir idx; mkfifo pipe pipe.nn.json idx/{{train,t10k}}-images-idx3-ubyte idx/{{train,t10k}}-labels-idx1-ubyte; timeout 60 dotnet '{Path.Combine(AppContext.BaseDirectory, "NativeNet.Cli.dll")}' {arguments}");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"nativenet: {message}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_file_that_is_cut_short_is_an_error()
    {
        byte[] images = IdxFiles.Idx([2000, 28, 28], new byte[2000 * 28 * 28]);
        string[] names = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];
        for (int i = 0; i < names.Length; i++)
            _folder.File(names[i], i % 2 == 0 ? images : IdxFiles.Idx([2000], new byte[2000]));
        using (FileStream file = File.OpenWrite(_folder.File(names[0])))
            file.SetLength(images.Length / 2);

        CommandResult result = CommandLine.Run($"train mnist --data {_folder.Path} --epochs 1");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(names[0], result.Error, StringComparison.Ordinal);
        Assert.Contains("cut short", result.Error, StringComparison.Ordinal);
    }

    private static Process StartLong(string arguments)
    {
        Process process = CommandLine.Start($"train deep --epochs 1000000 {arguments}");
        process.StandardOutput.ReadLine();
        process.StandardOutput.ReadLine();
        Thread.Sleep(100);
        return process;
    }
}
