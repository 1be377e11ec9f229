using System.IO.Compression;

namespace NativeNet.PackageTests;

/// <summary>A project that <c>dotnet new nativenet</c> makes, from packages alone.</summary>
public sealed class TemplateTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("nativenet-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void It_trains_predicts_and_tests_itself()
    {
        string feed = Path.Combine(_root, "feed"), home = Path.Combine(_root, "home"), folder = Path.Combine(_root, "work");
        Repository.Pack("NativeNet", feed);
        string program = Repository.Pack("NativeNet.Program", feed), templates = Repository.Pack("NativeNet.Templates", feed);
        Assert.Equal(["NativeNet.Compiler.dll", "NativeNet.Program.dll", "NativeNet.Program.xml"], FilesIn(program, "lib/net10.0/"));

        // What is not packed here comes from where the tests' own packages lie, so that no network is needed.
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="../packages" />
              </config>
              <fallbackPackageFolders>
                <add key="cache" value="{Cache()}" />
              </fallbackPackageFolders>
              <packageSources>
                <clear />
                <add key="packed" value="../feed" />
              </packageSources>
            </configuration>
            """);
        Dotnet.Expect(folder, ("DOTNET_CLI_HOME", home), "new", "install", templates);
        Dotnet.Expect(folder, ("DOTNET_CLI_HOME", home), "new", "nativenet", "-n", "Orchard");

        string project = Path.Combine(folder, "Orchard");
        string trained = Dotnet.Expect(
            project, "run", "--project", "Orchard", "--",
            "train", "--data", "Orchard/orchard.csv", "--label", "kind", "--test", "0.2", "--output", "orchard.safetensors");
        Assert.StartsWith("orchard: 139 parameters, 144 samples to train on, 36 to test", trained, StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(project, "rows.csv"), "180,6.5,9.8,0.5\n");
        Assert.StartsWith(
            "pear 0.",
            Dotnet.Expect(project, "run", "--no-build", "--project", "Orchard", "--", "predict", "orchard", "--weights", "orchard.safetensors", "rows.csv"),
            StringComparison.Ordinal);
        Dotnet.Expect(project, "run", "--project", "Orchard.Tests");
    }

    private static string[] FilesIn(string package, string folder)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(static entry => entry.FullName)
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Select(name => name[folder.Length..]).Order(StringComparer.Ordinal)];
    }

    private static string Cache()
        => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
