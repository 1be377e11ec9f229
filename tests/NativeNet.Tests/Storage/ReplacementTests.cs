using System.Diagnostics;
using NativeNet.Storage;
using NativeNet.Training.Monitoring;

namespace NativeNet.Tests.Storage;

/// <summary>Replacing files among links, other writers, full disks and what killed writers left.</summary>
public sealed class ReplacementTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_two_writers_each_writes_a_whole_file()
    {
        string path = _folder.File("a.bin");
        AtomicFile.Write(path, outer =>
        {
            outer.Write(new byte[1000]);
            AtomicFile.Write(path, "inner"u8);
            Assert.Equal("inner"u8, File.ReadAllBytes(path));
            outer.Write(new byte[1000]);
        });

        Assert.Equal(new byte[2000], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Readers_never_find_a_part_while_two_writers_replace_a_file()
    {
        string path = _folder.File("a.bin", new byte[50_000]);
        bool isOver = false;
        var reader = Task.Run(
            () =>
            {
                int reads = 0;
                for (; !Volatile.Read(ref isOver); reads++)
                {
                    byte[] found = File.ReadAllBytes(path);
                    Assert.Equal(50_000, found.Length);
                    Assert.Equal(-1, found.AsSpan().IndexOfAnyExcept(found[0]));
                }

                return reads;
            },
            TestContext.Current.CancellationToken);

        Parallel.For(0, 2, writer =>
        {
            byte[] content = new byte[50_000];
            content.AsSpan().Fill((byte)writer);
            for (int i = 0; i < 200; i++)
                AtomicFile.Write(path, content);
        });
        Volatile.Write(ref isOver, true);

        Assert.InRange(await reader.ConfigureAwait(true), 1, int.MaxValue);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void What_killed_writers_left_is_removed_by_the_next_one_and_nothing_else()
    {
        string[] left = [_folder.File(".a.bin.0123.tmp", [1]), _folder.File(".a.bin.4567.tmp", [])];
        string[] others = [_folder.File(".b.bin.0123.tmp", [1]), _folder.File("a.bin.tmp", [1]), _folder.File(".a.bin.lock", [])];
        AtomicFile.Write(_folder.File("a.bin"), [1]);

        Assert.DoesNotContain(left, File.Exists);
        Assert.All(others, static path => Assert.True(File.Exists(path)));
    }

    [Fact]
    public void A_name_as_long_as_names_may_be_is_written_and_a_longer_one_refused()
    {
        string path = _folder.File(new string('n', 255));
        AtomicFile.Write(path, [1, 2]);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));

        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have other limits");
        string tooLong = path + "n";
        Assert.StartsWith(tooLong, Assert.Throws<PathTooLongException>(() => AtomicFile.Check(tooLong)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_in_the_place_is_replaced_and_what_it_names_stays()
    {
        string victim = _folder.File("victim", [1]), path = _folder.File("a.bin");
        File.CreateSymbolicLink(path, victim);
        AtomicFile.Write(path, [2]);
        Assert.Equal([1], File.ReadAllBytes(victim));
        Assert.Equal([2], File.ReadAllBytes(path));

        string log = _folder.File("run.csv");
        File.CreateSymbolicLink(log, victim);
        RunLog.Create(log, [0]).Dispose();
        Assert.Equal([1], File.ReadAllBytes(victim));
        Assert.Null(File.ResolveLinkTarget(path, returnFinalTarget: false) ?? File.ResolveLinkTarget(log, returnFinalTarget: false));
    }

    [Fact]
    public void Planted_links_and_pipes_are_not_opened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes have names the Unix way");
        string victim = _folder.File("victim", [1]), path = _folder.File("a.bin");
        File.CreateSymbolicLink(_folder.File(".a.bin.tmp"), victim);
        File.CreateSymbolicLink(_folder.File(".a.bin.1.tmp"), victim);
        MakePipe(_folder.File(".a.bin.2.tmp"));
        AtomicFile.Write(path, [2]);
        Assert.Equal([1], File.ReadAllBytes(victim));
        Assert.Equal([2], File.ReadAllBytes(path));

        MakePipe(_folder.File(".run.csv.lock"));
        string log = _folder.File("run.csv");
        IOException inTheWay = Assert.Throws<IOException>(() => RunLog.Create(log, [0]));
        Assert.StartsWith($"{log}: ", inTheWay.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pipes_and_devices_are_not_replaced()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes have names the Unix way");
        string pipe = _folder.File("pipe");
        MakePipe(pipe);
        foreach (string path in (string[])[pipe, "/dev/null"])
            Assert.StartsWith($"{path}: is a device or a pipe", Assert.Throws<IOException>(() => AtomicFile.Write(path, [])).Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherExecute)]
    public void The_mode_and_the_owner_stay(UnixFileMode mode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "modes are set the Unix way");
        if (OperatingSystem.IsWindows())
            return;

        string path = _folder.File("a.bin", [1]), log = _folder.File("run.csv", []);
        foreach (string file in (string[])[path, log])
        {
            File.SetUnixFileMode(file, mode);
            if (Environment.IsPrivilegedProcess)
                Run("chown", $"65534:65533 {file}");
        }

        uint owner = FileStatus.Of(path)!.Value.Owner, group = FileStatus.Of(path)!.Value.Group;
        AtomicFile.Write(path, stream =>
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(((FileStream)stream).SafeFileHandle) == mode);
            stream.Write("new"u8);
        });
        RunLog.Create(log, [0]).Dispose();

        foreach (string file in (string[])[path, log])
        {
            FileStatus status = FileStatus.Of(file)!.Value;
            Assert.Equal((mode, owner, group), (status.Mode, status.Owner, status.Group));
        }
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file_and_nothing_else()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only an administrator mounts a small disk");
        Assert.SkipUnless(TryRun("mount", $"-t tmpfs -o size=64k nativenet-test {_folder.Path}"), "this machine mounts nothing");
        try
        {
            string path = _folder.File("a.bin", [1, 2, 3]);
            IOException full = Assert.Throws<IOException>(() => AtomicFile.Write(path, new byte[200_000]));
            Assert.Contains(path, full.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(".tmp", full.Message, StringComparison.Ordinal);
            Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
            Assert.Single(Directory.GetFileSystemEntries(_folder.Path));

            Assert.Throws<IOException>(() => AtomicFile.Write(path, static stream => stream.Write(new byte[200_000])));
            Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
        }
        finally
        {
            Run("umount", _folder.Path);
        }
    }

    [Fact]
    public void A_log_is_one_run_s_at_a_time()
    {
        string path = _folder.File("run.csv");
        RunLog first = RunLog.Create(path, [0]);
        first.Write(new EpochRecord(1) { Epoch = 1 });
        Assert.Contains("another run", Assert.Throws<IOException>(() => RunLog.Create(path, [0])).Message, StringComparison.Ordinal);
        Assert.Contains("another run", Assert.Throws<IOException>(() => RunLog.Continue(path, [0], 1)).Message, StringComparison.Ordinal);
        Assert.Single(RunLog.Read(path));

        first.Dispose();
        RunLog.Continue(path, [0], 1).Dispose();
        Assert.Single(RunLog.Read(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_lock_that_a_killed_run_left_is_taken_over()
    {
        string path = _folder.File("run.csv");
        _folder.File(".run.csv.lock", []);
        RunLog.Create(path, [0]).Dispose();
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Of_many_that_want_a_lock_one_has_it()
    {
        string path = _folder.File("a");
        int holders = 0, taken = 0;
        Parallel.For(0, 4, _ =>
        {
            for (int i = 0; i < 2000; i++)
            {
                try
                {
                    using var held = FileLock.Take(path);
                    Assert.Equal(1, Interlocked.Increment(ref holders));
                    Interlocked.Increment(ref taken);
                    Interlocked.Decrement(ref holders);
                }
                catch (IOException exception) when (exception.Message.Contains("another run", StringComparison.Ordinal))
                {
                    // Somebody else's turn.
                }
            }
        });

        Assert.InRange(taken, 4, 8000);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_log_that_cannot_be_continued_stays_as_it_was()
    {
        string path = _folder.File("run.csv", "not a log\n1\n"u8.ToArray());
        Assert.Throws<NativeNet.Data.DataFormatException>(() => RunLog.Continue(path, [0], 1));
        Assert.Equal("not a log\n1\n", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    private static void MakePipe(string path) => Run("mkfifo", path);

    private static void Run(string program, string arguments) => Assert.True(TryRun(program, arguments), program);

    private static bool TryRun(string program, string arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
