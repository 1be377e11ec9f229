namespace NativeNet.Compiler;

/// <summary>How the files of a project are named: by the end of their path.</summary>
internal static class ProjectPath
{
    /// <summary>Whether <paramref name="name"/> is a path or an end of it that starts after a slash.</summary>
    /// <param name="path">The path of a file, normalized.</param>
    /// <param name="name">What code calls it.</param>
    public static bool IsNamed(string path, string name)
    {
        string wanted = Normalize(name);
        return wanted.Length > 0
            && path.EndsWith(wanted, StringComparison.Ordinal)
            && (path.Length == wanted.Length || path[path.Length - wanted.Length - 1] == '/');
    }

    /// <summary>Forward slashes, and no leading <c>./</c>.</summary>
    /// <param name="path">Any path.</param>
    public static string Normalize(string path)
    {
        string slashes = path.Replace('\\', '/');
        return slashes.StartsWith("./", StringComparison.Ordinal) ? slashes.Substring(2) : slashes;
    }
}
