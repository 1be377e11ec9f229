using System.Reflection;
using System.Runtime.CompilerServices;

namespace NativeNet.Tests.Structure;

/// <summary>
/// What users of the packages can name, as it was last looked at and meant. After a change that is meant:
/// <c>NATIVENET_UPDATE_BASELINES=1 dotnet test --project tests/NativeNet.Tests --filter-class '*.PublicSurfaceTests'</c>, then read the difference.
/// </summary>
public sealed class PublicSurfaceTests
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("NATIVENET_UPDATE_BASELINES") == "1";

    [Theory]
    [InlineData("NativeNet")]
    [InlineData("NativeNet.Program")]
    public void The_public_surface_is_as_it_was(string name)
    {
        string actual = PublicSurface.Describe(Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, $"{name}.dll")));
        string path = Path.Combine(Folder(), $"{name}.txt");
        if (Updates)
            File.WriteAllText(path, actual);

        string[] before = File.ReadAllLines(path), now = actual.TrimEnd('\n').Split('\n');
        string[] gone = [.. before.Except(now)], added = [.. now.Except(before)];
        Assert.True(before.SequenceEqual(now), $"""
            What users of {name} can name has changed.
            gone or changed:
            {string.Join('\n', gone)}
            new:
            {string.Join('\n', added)}
            If that is meant, and the changelog says what is gone: NATIVENET_UPDATE_BASELINES=1 dotnet test --project tests/NativeNet.Tests --filter-class '*.PublicSurfaceTests'
            """);
    }

    /// <summary>The compiler that the commands carry is nobody's to name.</summary>
    [Fact]
    public void The_compiler_shows_nothing()
        => Assert.Empty(Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "NativeNet.Compiler.dll")).GetExportedTypes());

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Surface");
}
