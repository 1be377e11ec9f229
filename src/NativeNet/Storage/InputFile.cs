namespace NativeNet.Storage;

/// <summary>The one way in which files that can be read at any place are opened.</summary>
internal static class InputFile
{
    /// <summary>Opens a regular file, unbuffered. A pipe is refused before it is opened: that would wait for its writer.</summary>
    /// <param name="path">The file.</param>
    /// <param name="refuse">Makes an error of what is wrong.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static FileStream Open(string path, Func<string, Exception> refuse) => FileStatus.Of(path, followsLink: true)?.Kind switch
    {
        FileKind.Folder => throw refuse($"{path}: is a folder; name a file in it"),
        FileKind.Other => throw refuse($"{path}: is a pipe or a device, whose length is not known; save it to a file first"),
        _ => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0),
    };
}
