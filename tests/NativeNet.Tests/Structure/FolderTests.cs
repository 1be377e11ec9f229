using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace NativeNet.Tests.Structure;

/// <summary>The folders of the library have one direction: no two of them use each other, by whatever way round.</summary>
public sealed partial class FolderTests
{
    /// <summary>What lies in no folder and in the namespace NativeNet itself, which every file sees without a using.</summary>
    private const string Root = "NativeNet";

    private static readonly SourceFile[] Files = [.. ReadFiles()];

    [Fact]
    public void All_folders_are_read()
    {
        HashSet<string> folders = [.. Files.Select(static file => file.Folder)];

        Assert.Superset(new HashSet<string> { Root, "Description", "Numerics", "Kernels", "Storage", "Training" }, folders);
        Assert.Contains(("Training", "Storage"), Uses());
        Assert.Contains(("Training", Root), Uses());
        Assert.Contains((Root, "Kernels"), Uses());
    }

    [Fact]
    public void A_file_is_in_the_namespace_of_its_folder()
        => Assert.All(Files, static file => Assert.Matches(
            file.Folder == Root ? @"(?m)^namespace NativeNet;" : $@"(?m)^namespace NativeNet\.{file.Folder}(;|\.)", file.Code));

    [Fact]
    public void No_folder_uses_one_that_uses_it()
    {
        ILookup<string, string> uses = Uses().ToLookup(static use => use.User, static use => use.Used);
        string[] cycles = [.. uses.Select(static folder => folder.Key).Select(folder => FindWay(uses, folder, folder, [])).OfType<string>()];

        Assert.True(cycles.Length == 0, string.Join('\n', cycles));
    }

    private static IEnumerable<(string User, string Used)> Uses()
    {
        string[] rootTypes = [.. Files.Where(static file => file.Folder == Root).Select(static file => Path.GetFileNameWithoutExtension(file.Name))];
        var usesRoot = new Regex($@"\b(?:{string.Join('|', rootTypes)})\b");
        foreach (SourceFile file in Files)
        {
            foreach (Match match in Using().Matches(file.Code).Where(match => match.Groups[1].Value != file.Folder))
                yield return (file.Folder, match.Groups[1].Value);
            if (file.Folder != Root && usesRoot.IsMatch(file.Code))
                yield return (file.Folder, Root);
        }
    }

    /// <summary>A way from one folder to another, "A → B → C", or null.</summary>
    private static string? FindWay(ILookup<string, string> uses, string from, string to, HashSet<string> seen)
    {
        foreach (string next in uses[from].Where(next => next == to || seen.Add(next)))
        {
            string? rest = next == to ? to : FindWay(uses, next, to, seen);
            if (rest is not null)
                return $"{from} → {rest}";
        }

        return null;
    }

    private static IEnumerable<SourceFile> ReadFiles([CallerFilePath] string here = "")
    {
        string library = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "NativeNet"));
        foreach (string path in Directory.GetFiles(library, "*.cs", SearchOption.AllDirectories))
        {
            string[] parts = Path.GetRelativePath(library, path).Split(Path.DirectorySeparatorChar);
            if (parts[0] is not ("bin" or "obj"))
                yield return new SourceFile(parts.Length == 1 ? Root : parts[0], parts[^1], Comment().Replace(File.ReadAllText(path), ""));
        }
    }

    [GeneratedRegex(@"^using (?:static )?NativeNet\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    /// <summary>A file of the library without its comments.</summary>
    private sealed record SourceFile(string Folder, string Name, string Code);
}
