using NativeNet.Program.CommandLine;
using NativeNet.Storage;

namespace NativeNet.Program;

/// <summary>Checks places for results before the work that leads to them, and keeps results whose place fails all the same.</summary>
internal static class OutputFile
{
    /// <summary>Fails where a file cannot be put, or where it would replace another file of the command.</summary>
    /// <param name="outputs">The files that the command writes, each with what the user calls it; null for those that nobody asked for.</param>
    /// <param name="inputs">The files and folders that it reads.</param>
    /// <exception cref="UsageException">Two names are one file.</exception>
    /// <exception cref="IOException">A place will not do; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be written.</exception>
    public static void Check(IEnumerable<(string Name, string? Path)> outputs, params IEnumerable<(string Name, string? Path)> inputs)
    {
        Dictionary<string, string> taken = [];
        foreach ((string name, string path) in Given(inputs))
        {
            foreach (string key in (Directory.Exists(path) ? Directory.GetFiles(path) : [path]).SelectMany(static file => Identify(file, followsLink: true)))
                taken[key] = name;
        }

        foreach ((string name, string path) in Given(outputs))
        {
            AtomicFile.Check(path);
            foreach (string key in Identify(path, followsLink: false))
            {
                if (!taken.TryAdd(key, name))
                    throw new UsageException($"{taken[key]} and {name} are one file, {path}, which {name} would replace; give each its own");
            }
        }
    }

    /// <summary>Makes sure of a folder for results.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">Something else is in its place, or it cannot be created.</exception>
    public static void CreateFolder(string path)
    {
        if (File.Exists(path))
            throw new IOException($"{path}: is a file; name a folder");
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"{path}: the folder may not be created; change the permissions of the one that is to hold it, or choose another place", exception);
        }
    }

    /// <summary>Saves a result; where its place fails, in the system's folder for temporary files or at home, and says so.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="save">Saves it at a path.</param>
    /// <returns>Whether it is in its place.</returns>
    /// <exception cref="IOException">It cannot be saved anywhere; the message is that of its place.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static bool Save(string path, Action<string> save)
    {
        try
        {
            save(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string[] folders = [Path.GetTempPath(), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)];
            if (folders.Select(folder => TrySave(folder, Path.GetFileName(path), save)).FirstOrDefault(static kept => kept is not null) is not { } kept)
                throw;

            Terminal.WriteError(exception.Message);
            Terminal.WriteError($"what should be in {path} is kept as {kept}");
            return false;
        }
    }

    /// <summary>Saves a result in a new folder of the user alone.</summary>
    /// <returns>Its path; null where that fails too.</returns>
    private static string? TrySave(string folder, string name, Action<string> save)
    {
        try
        {
            string path = Path.Combine(folder, $"nativenet-{Guid.NewGuid():N}", name);
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            else
                Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            save(path);
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Name, string Path)> Given(IEnumerable<(string Name, string? Path)> files)
        => files.Where(static file => file.Path is not null).Select(static file => (file.Name, file.Path!));

    /// <summary>What is the same for all paths that lead to one place, whether or not a file is there, and to one file.</summary>
    private static IEnumerable<string> Identify(string path, bool followsLink)
    {
        string full = Path.GetFullPath(path);
        if (!OperatingSystem.IsLinux())
        {
            yield return full;
            yield break;
        }

        string folder = Path.GetDirectoryName(full) ?? full;
        yield return $"{FileStatus.Of(folder, followsLink: true)?.Identity} {Path.GetFileName(full)}";
        if (FileStatus.Of(full, followsLink) is { } file)
            yield return $"{file.Identity}";
    }
}
