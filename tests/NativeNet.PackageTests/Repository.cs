using System.Reflection;

namespace NativeNet.PackageTests;

/// <summary>The repository that the tests lie in, built, and ready to be packed.</summary>
internal static class Repository
{
    /// <summary>The version of what is packed.</summary>
    public const string Version = "0.0.1-test";

    private static readonly string Folder = Find();

    private static readonly Lock Packing = new();

    private static string Configuration
        => typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>Packs a project, one at a time: a package's contents are listed in a file of the project.</summary>
    /// <param name="project">Its name.</param>
    /// <param name="feed">The folder that gets the package.</param>
    /// <returns>The path of the package.</returns>
    public static string Pack(string project, string feed)
    {
        lock (Packing)
        {
            Dotnet.Expect(
                Path.Combine(Folder, "src", project),
                "pack", "--no-build", "--configuration", Configuration, "--output", feed, $"-p:PackageVersion={Version}");
        }

        return Path.Combine(feed, $"{project}.{Version}.nupkg");
    }

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "NativeNet.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests must run from inside the repository: they pack it.");
    }
}
