using System.Runtime.Versioning;
using System.Text;

namespace NativeNet.Storage;

/// <summary>The one way in which files come into being here: written under a name of its own, then put in the target's place.</summary>
/// <remarks>
/// The name is random and in the target's folder, and must not exist: no link that someone put there is followed, and
/// writers do not meet. A lock on the open file tells a writer at work from one that was killed; whoever writes the same
/// target next removes what the latter left behind. A file that is replaced hands on its mode, and its owner and group
/// where the system permits; where it does not permit the group, the group's rights are dropped. A symbolic link in the
/// target's place is replaced itself, whatever it names.
/// </remarks>
internal sealed class ReplacingFile : IDisposable
{
    private const UnixFileMode GroupRights = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private const UnixFileMode Permissions = GroupRights
        | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly string _target;
    private readonly FileStream _stream;
    private bool _isCommitted;

    /// <summary>Begins a file.</summary>
    /// <param name="target">Its place; the folder must exist.</param>
    /// <exception cref="IOException">The place will not do; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written, or the file in the place is another user's.</exception>
    public ReplacingFile(string target)
    {
        FileStatus? old = CheckPlace(target);
        RemoveLeftovers(target);
        _target = target;
        _stream = CreateNew(target, isPrivate: old is { Kind: FileKind.Regular });
        try
        {
            if (old is { Kind: FileKind.Regular } status && !OperatingSystem.IsWindows())
                TakeOver(status);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Appends bytes, also behind <see cref="Commit"/>: they then go to the file in its place.</summary>
    /// <param name="content">The bytes.</param>
    /// <exception cref="IOException">They cannot be written; the message names the target.</exception>
    public void Write(ReadOnlySpan<byte> content)
    {
        try
        {
            _stream.Write(content);
        }
        catch (Exception exception) when (Explain(exception) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Appends what <paramref name="write"/> writes.</summary>
    /// <param name="write">Gets an unbuffered stream.</param>
    /// <exception cref="IOException">It cannot be written; the message names the target.</exception>
    public void Write(Action<Stream> write)
    {
        try
        {
            write(_stream);
        }
        catch (Exception exception) when (Explain(exception) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Puts the file in its place, all of it on the disk.</summary>
    /// <exception cref="IOException">It cannot be put there; the message names the target.</exception>
    public void Commit()
    {
        try
        {
            _stream.Flush(flushToDisk: true);
            FileStatus.ShareLock(_stream.SafeFileHandle);
            File.Move(_stream.Name, _target, overwrite: true);
            _isCommitted = true;
        }
        catch (Exception exception) when (Explain(exception) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Closes the file, and removes it where it was not put in its place.</summary>
    public void Dispose()
    {
        try
        {
            if (!_isCommitted)
                File.Delete(_stream.Name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next writer finds it.
        }
        finally
        {
            _stream.Dispose();
        }
    }

    /// <summary>A name beside a target for what belongs to it, which no length of the target's name makes too long.</summary>
    /// <param name="target">The target.</param>
    /// <param name="suffix">Tells the names of one target apart.</param>
    public static string Beside(string target, string suffix)
    {
        const int longest = 60, kept = 40;
        string name = Path.GetFileName(target);
        if (name.Length > longest)
            name = $"{name[..kept]}-{Digest(name)}";
        return Path.Combine(FolderOf(target), $".{name}.{suffix}");
    }

    /// <summary>The error of a write in words of the target, whose temporary name means nothing to anybody; null for other errors.</summary>
    private Exception? Explain(Exception exception)
    {
        string message = exception.Message.Replace(_stream.Name, _target, StringComparison.Ordinal);
        return message == exception.Message ? null : exception switch
        {
            UnauthorizedAccessException => new UnauthorizedAccessException(message, exception),
            IOException => new IOException(message, exception.HResult),
            _ => null,
        };
    }

    private static string FolderOf(string target) => Path.GetDirectoryName(Path.GetFullPath(target)) ?? "";

    private static string Digest(string name)
    {
        Span<byte> digest = stackalloc byte[Sha256.DigestLength];
        var hash = new Sha256();
        hash.Append(Encoding.UTF8.GetBytes(name));
        hash.Finish(digest);
        return Convert.ToHexStringLower(digest[..8]);
    }

    private static FileStatus? CheckPlace(string target)
    {
        if (target.Length == 0)
            throw new IOException("the name of an output file is empty; name a file");
        if (Path.EndsInDirectorySeparator(target) || Directory.Exists(target))
            throw new IOException($"{target}: is a folder; name a file in it");
        string folder = FolderOf(target);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{target}: there is no folder {folder}; create it first");

        FileStatus? status = FileStatus.Of(target);
        return status switch
        {
            { Kind: FileKind.Other } => throw new IOException($"{target}: is a device or a pipe; name a regular file"),
            { IsMountPoint: true } => throw new IOException($"{target}: is mounted and cannot be replaced; mount its folder instead"),
            _ => status,
        };
    }

    private static FileStream CreateNew(string target, bool isPrivate)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = OperatingSystem.IsWindows() ? FileShare.Read | FileShare.Delete : FileShare.None,
            BufferSize = 0,
        };
        if (isPrivate && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        while (true)
        {
            string path = Beside(target, $"{Guid.NewGuid():N}.tmp");
            try
            {
                var stream = new FileStream(path, options);
                if (FileStatus.IsStillAt(stream.SafeFileHandle, path))
                    return stream;

                // Another writer took the file for a leftover before it was locked.
                stream.Dispose();
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new UnauthorizedAccessException(
                    $"{target}: files may not be created in {FolderOf(target)}; change its permissions or choose another folder", exception);
            }
            catch (IOException exception) when (exception.HResult == FileLock.IsLocked)
            {
                // Another writer is about to.
            }
            catch (IOException exception)
            {
                throw new IOException(exception.Message.Replace(path, target, StringComparison.Ordinal), exception.HResult);
            }
        }
    }

    /// <summary>Removes the files of writers of the same target that were killed: nobody holds their lock any more.</summary>
    private static void RemoveLeftovers(string target)
    {
        foreach (string path in Directory.EnumerateFiles(FolderOf(target), Path.GetFileName(Beside(target, "*.tmp"))))
        {
            try
            {
                if (FileStatus.Of(path) is not { Kind: FileKind.Regular })
                    continue;

                using (File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                    File.Delete(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // At work, or another user's.
            }
        }
    }

    [UnsupportedOSPlatform("windows")]
    private void TakeOver(FileStatus old)
    {
        UnixFileMode mode = old.Mode & Permissions;
        if (FileStatus.Of(_stream.SafeFileHandle) is { } made)
        {
            CheckRightToReplace(old, made.Owner);
            if ((made.Owner, made.Group) != (old.Owner, old.Group)
                && !FileStatus.TrySetOwner(_stream.SafeFileHandle, old.Owner, old.Group)
                && !FileStatus.TrySetOwner(_stream.SafeFileHandle, made.Owner, old.Group))
            {
                mode &= ~GroupRights;
            }
        }

        File.SetUnixFileMode(_stream.SafeFileHandle, mode);
    }

    /// <summary>In folders as /tmp a file is replaced by its owner or the folder's alone.</summary>
    private void CheckRightToReplace(FileStatus old, uint user)
    {
        if (user != old.Owner && !Environment.IsPrivilegedProcess && FileStatus.Of(FolderOf(_target), followsLink: true) is { } folder
            && folder.Mode.HasFlag(UnixFileMode.StickyBit) && folder.Owner != user)
        {
            throw new UnauthorizedAccessException($"{_target}: is another user's and may not be replaced in this folder; name another file");
        }
    }
}
