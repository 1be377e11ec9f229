using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NativeNet.Storage;

/// <summary>What the system knows of a file, a link itself rather than what it names.</summary>
/// <remarks>statx(2), whose structure is the same on every architecture; elsewhere than on Linux what .NET tells.</remarks>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Who may do what; none where that is not known.</param>
/// <param name="Owner">The owner's number.</param>
/// <param name="Group">The group's number.</param>
/// <param name="Identity">Device and number, the same for every name of one file; zeros where they are not known.</param>
/// <param name="IsMountPoint">Whether another file system begins here, so that nothing can be renamed over it.</param>
internal readonly partial record struct FileStatus(
    FileKind Kind, UnixFileMode Mode, uint Owner, uint Group, (uint Major, uint Minor, ulong Number) Identity, bool IsMountPoint)
{
    private const int CurrentDirectory = -100;
    private const int DoNotFollow = 0x100, OfDescriptor = 0x1000;
    private const uint BasicFields = 0x7FF;
    private const ulong MountRoot = 0x2000;
    private const int TypeBits = 0xF000, Folder = 0x4000, Link = 0xA000, RegularFile = 0x8000, PermissionBits = 0xFFF;
    private const int SharedLock = 1;
    private const int NotPermitted = 1, NoSuchFile = 2, NotAFolder = 20, NameTooLong = 36, NotImplemented = 38;

    /// <summary>The status of what a path names; null where there is nothing.</summary>
    /// <param name="path">The path.</param>
    /// <param name="followsLink">Whether a symbolic link in the last place stands for what it names.</param>
    /// <exception cref="PathTooLongException">A part of the path is longer than the file system allows.</exception>
    public static FileStatus? Of(string path, bool followsLink = false)
    {
        if (!OperatingSystem.IsLinux())
            return OfAttributes(new FileInfo(path));
        if (GetStatus(CurrentDirectory, path, followsLink ? 0 : DoNotFollow, BasicFields, out Fields fields) == 0)
            return OfFields(fields);

        return Marshal.GetLastPInvokeError() switch
        {
            NoSuchFile or NotAFolder => null,
            NotPermitted or NotImplemented => OfAttributes(new FileInfo(path)), // an old kernel, or a sandbox that does not know the call
            NameTooLong => throw new PathTooLongException($"{path}: the name is too long for its file system; choose a shorter one"),
            int error => throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}", error),
        };
    }

    /// <summary>The status of an open file; null where it is not known.</summary>
    /// <param name="file">The file.</param>
    public static FileStatus? Of(SafeFileHandle file)
        => OperatingSystem.IsLinux() && GetStatus(file, "", OfDescriptor, BasicFields, out Fields fields) == 0 ? OfFields(fields) : null;

    /// <summary>Whether an open file is still the one that a path names; supposed where it is not known.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">The path that it was opened by.</param>
    public static bool IsStillAt(SafeFileHandle file, string path)
        => Of(file) is not { } opened || Of(path)?.Identity == opened.Identity;

    /// <summary>Gives an open file to an owner and a group, where that is permitted.</summary>
    /// <param name="file">The file.</param>
    /// <param name="owner">The owner's number.</param>
    /// <param name="group">The group's number.</param>
    /// <returns>Whether it was permitted.</returns>
    public static bool TrySetOwner(SafeFileHandle file, uint owner, uint group) => SetOwner(file, owner, group) == 0;

    /// <summary>Makes an exclusive lock one that others may share, readers of .NET among them, without letting go of it.</summary>
    /// <param name="file">The file, open for reading and writing.</param>
    public static void ShareLock(SafeFileHandle file)
    {
        if (OperatingSystem.IsLinux())
            _ = Lock(file, SharedLock);
    }

    private static FileStatus OfFields(in Fields fields) => new(
        (fields.Mode & TypeBits) switch
        {
            RegularFile => FileKind.Regular,
            Folder => FileKind.Folder,
            Link => FileKind.Link,
            _ => FileKind.Other,
        },
        (UnixFileMode)(fields.Mode & PermissionBits), fields.Owner, fields.Group,
        (fields.DeviceMajor, fields.DeviceMinor, fields.Number), (fields.Attributes & MountRoot) != 0);

    private static FileStatus? OfAttributes(FileInfo file)
    {
        FileAttributes attributes = file.Attributes;
        if ((int)attributes == -1)
            return null;

        // Without HasFlag, which makes an object of an enumeration and so brings 45 KB of reflection into native programs.
        FileKind kind = (attributes & FileAttributes.ReparsePoint) != 0 ? FileKind.Link
            : (attributes & FileAttributes.Directory) != 0 ? FileKind.Folder
            : (attributes & FileAttributes.Device) != 0 ? FileKind.Other
            : FileKind.Regular;
        return new FileStatus(kind, UnixFileMode.None, 0, 0, default, IsMountPoint: false);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetStatus(int folder, string path, int flags, uint mask, out Fields fields);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetStatus(SafeFileHandle file, string path, int flags, uint mask, out Fields fields);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOwner(SafeFileHandle file, uint owner, uint group);

    /// <summary>struct statx.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Fields
    {
        [FieldOffset(8)]
        public ulong Attributes;

        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Number;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
