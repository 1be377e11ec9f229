namespace NativeNet.Storage;

/// <summary>Keeps a file to one run, by a lock on an empty file beside it that is removed at the end.</summary>
/// <remarks>The system gives the lock of a process that was killed free; its empty file is then taken over.</remarks>
internal sealed class FileLock : IDisposable
{
    /// <summary>EWOULDBLOCK of Linux, which an <see cref="IOException"/> carries when another has the lock.</summary>
    public const int IsLocked = 11;

    /// <summary>EEXIST of Linux, and what Windows has for both.</summary>
    private const int FileExists = 17;
    private const int WindowsFileExists = unchecked((int)0x80070050), WindowsIsLocked = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The file that is kept; it need not exist, its folder must.</param>
    /// <exception cref="IOException">Another run has the lock, or the empty file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static FileLock Take(string path)
    {
        string place = ReplacingFile.Beside(path, "lock");
        while (true)
        {
            FileStatus? found = FileStatus.Of(place);
            if (found is { Kind: not FileKind.Regular })
                throw new IOException($"{path}: {place} is in the place of its lock; remove it");

            FileStream file;
            try
            {
                file = new FileStream(
                    place, found is null ? FileMode.CreateNew : FileMode.Open, FileAccess.ReadWrite, FileShare.None,
                    bufferSize: 0, OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
            }
            catch (IOException exception) when (exception is FileNotFoundException || exception.HResult is FileExists or WindowsFileExists)
            {
                continue;
            }
            catch (UnauthorizedAccessException exception) when (found is not null)
            {
                throw new UnauthorizedAccessException($"{path}: its lock, {place}, is another user's; name another file", exception);
            }
            catch (IOException exception) when (exception.HResult is IsLocked or WindowsIsLocked)
            {
                throw new IOException($"{path}: another run is writing it; wait for its end or name another file", exception);
            }

            // Whoever had the lock before may have removed the file between its opening here and the lock.
            if (FileStatus.IsStillAt(file.SafeFileHandle, place))
                return new FileLock(file);
            file.Dispose();
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose()
    {
        try
        {
            // While the lock is held: behind it the file may be another run's.
            if (!OperatingSystem.IsWindows())
                File.Delete(_file.Name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is taken over by the next run.
        }
        finally
        {
            _file.Dispose();
        }
    }
}
