namespace NativeNet.Storage;

/// <summary>Replaces files as a whole: a reader finds the old content or the new one, never a part.</summary>
/// <remarks>
/// The new content goes to a temporary file in the same folder, reaches the disk, and is then renamed over the target.
/// Two processes cannot write one target at once: the second gets an error. After a power failure right behind the call the folder may still name the old file, which is whole as well. A
/// symbolic link in the target's place is replaced, not followed.
/// </remarks>
public static class AtomicFile
{
    /// <summary>Replaces a file by <paramref name="content"/>.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="content">All bytes of the new file.</param>
    /// <exception cref="IOException">The folder is missing, the path is a folder, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using FileStream stream = Begin(path);
        try
        {
            stream.Write(content);
            Commit(stream, path);
        }
        catch
        {
            Abandon(stream);
            throw;
        }
    }

    /// <summary>Replaces a file by what <paramref name="write"/> writes.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="write">Writes the content; when it throws, the old file stays and the exception goes on.</param>
    /// <exception cref="IOException">The folder is missing, the path is a folder, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using FileStream stream = Begin(path);
        try
        {
            write(stream);
            Commit(stream, path);
        }
        catch
        {
            Abandon(stream);
            throw;
        }
    }

    private static FileStream Begin(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";

        if (Directory.Exists(path))
            throw new IOException($"{path}: is a folder; name a file in it");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{path}: there is no folder {folder}; create it first");

        try
        {
            // One name a target: what a process that was killed left behind is overwritten by the next write.
            return new FileStream(Path.Combine(folder, $".{Path.GetFileName(path)}.tmp"), FileMode.Create, FileAccess.Write);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException(
                $"{path}: files may not be created in {folder}; change its permissions or choose another folder", exception);
        }
    }

    private static void Commit(FileStream stream, string path)
    {
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        File.Move(stream.Name, path, overwrite: true);
    }

    private static void Abandon(FileStream stream)
    {
        stream.Dispose();
        File.Delete(stream.Name);
    }
}
