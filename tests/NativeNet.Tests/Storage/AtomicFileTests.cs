using NativeNet.Storage;

namespace NativeNet.Tests.Storage;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_and_a_replaced_file_hold_what_was_written()
    {
        string path = _folder.File("a.bin");
        AtomicFile.Write(path, "old"u8);
        Assert.Equal("old"u8, File.ReadAllBytes(path));

        AtomicFile.Write(path, static stream => stream.Write("new content"u8));
        Assert.Equal("new content"u8, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_writer_that_fails_leaves_the_old_file_and_nothing_else()
    {
        string path = _folder.File("a.bin", [1, 2, 3]);
        Assert.Throws<TimeoutException>(() => AtomicFile.Write(path, static stream =>
        {
            stream.Write(new byte[100_000]);
            throw new TimeoutException();
        }));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void The_old_file_is_whole_while_the_new_one_is_written()
    {
        string path = _folder.File("a.bin", [1, 2, 3]);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[100_000]);
            stream.Flush();
            Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        });
        Assert.Equal(100_000, new FileInfo(path).Length);
    }

    [Fact]
    public void Paths_that_cannot_be_files_are_named()
    {
        string missing = _folder.File(Path.Combine("missing", "a.bin"));
        Assert.StartsWith(missing, Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(missing, [])).Message, StringComparison.Ordinal);

        IOException exception = Assert.Throws<IOException>(() => AtomicFile.Write(_folder.Path, []));
        Assert.Contains("is a folder", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_named()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "nothing is forbidden to an administrator");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("permissions are set the Unix way");
            return;
        }

        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            string path = _folder.File("a.bin");
            Assert.StartsWith(path, Assert.Throws<UnauthorizedAccessException>(() => AtomicFile.Write(path, [])).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
