namespace NativeNet.Storage;

/// <summary>Replaces files as a whole: a reader finds the old content or the new one, never a part.</summary>
/// <remarks>
/// The new content goes to a file of a random name in the same folder, reaches the disk, and is then renamed over the
/// target. Of several writers of one target each writes a whole file, and the last to end is the one that is kept. The
/// target's mode stays, and its owner where the system permits; a symbolic link in its place is replaced, not followed.
/// What a writer that was killed left behind is removed by the next one. After a power failure right behind the call the
/// folder may still name the old file, which is whole as well.
/// </remarks>
public static class AtomicFile
{
    /// <summary>Replaces a file by <paramref name="content"/>.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="content">All bytes of the new file.</param>
    /// <exception cref="IOException">The folder is missing, the path is a folder, a pipe or a device, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = new ReplacingFile(path);
        file.Write(content);
        file.Commit();
    }

    /// <summary>Replaces a file by what <paramref name="write"/> writes.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="write">Writes the content, to an unbuffered stream; when it throws, the old file stays and the exception goes on.</param>
    /// <exception cref="IOException">The folder is missing, the path is a folder, a pipe or a device, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using var file = new ReplacingFile(path);
        file.Write(write);
        file.Commit();
    }

    /// <summary>Fails where <see cref="Write(string, ReadOnlySpan{byte})"/> would, as far as that can be known: a file is created in the folder and removed.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The place will not do; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written, or the file is another user's where only owners may replace files.</exception>
    public static void Check(string path)
    {
        using var file = new ReplacingFile(path);
    }
}
