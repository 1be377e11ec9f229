using System.Runtime.InteropServices;

namespace NativeNet.Program;

/// <summary>Checks places for results before the work that leads to them.</summary>
internal static partial class OutputFile
{
    private const int CurrentDirectory = -100;
    private const uint AskForType = 1;
    private const int TypeBits = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>Fails where a file cannot be put: its folder is missing, or something else than a file is in the place.</summary>
    /// <param name="path">The path; null for no file.</param>
    /// <exception cref="IOException">The place will not do; the message names it.</exception>
    public static void Check(string? path)
    {
        if (path is null)
            return;
        if (path.Length == 0)
            throw new IOException("the name of an output file is empty; name a file");
        if (Directory.Exists(path))
            throw new IOException($"{path}: is a folder; name a file in it");

        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{path}: there is no folder {folder}; create it first");

        // The result is renamed over what is there, which would replace a device by a file.
        if (OperatingSystem.IsLinux() && GetStatus(CurrentDirectory, path, 0, AskForType, out FileStatus status) == 0
            && (status.Mode & TypeBits) != RegularFile)
        {
            throw new IOException($"{path}: is a device or a pipe; name a regular file");
        }
    }

    /// <summary>Makes sure of a folder for results.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">Something else is in its place, or it cannot be created.</exception>
    public static void CreateFolder(string path)
    {
        if (File.Exists(path))
            throw new IOException($"{path}: is a file; name a folder");
        Directory.CreateDirectory(path);
    }

    /// <summary>statx(2), whose structure is the same on every architecture.</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetStatus(int folder, string path, int flags, uint mask, out FileStatus status);

    /// <summary>struct statx.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}
