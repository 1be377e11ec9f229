namespace NativeNet.Generators.Tests.Description;

/// <summary>The network files of this repository.</summary>
internal static class ModelFiles
{
    /// <summary>The repository, found upwards from the test's output folder.</summary>
    public static string Root { get; } = FindRoot();

    public static string Models => Path.Combine(Root, "models");

    public static IReadOnlyList<string> Valid => [.. Directory.GetFiles(Models, "*.nn.json").Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Invalid
        => [.. Directory.GetFiles(Path.Combine(Models, "invalid"), "*.nn.json").Order(StringComparer.Ordinal)];

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "NativeNet.sln")))
                return folder;
        }

        throw new InvalidOperationException("The tests must run from inside the repository: they read its models.");
    }
}
