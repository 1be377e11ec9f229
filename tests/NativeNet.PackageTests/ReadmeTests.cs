using System.IO.Compression;
using System.Text.RegularExpressions;

namespace NativeNet.PackageTests;

/// <summary>What the package's page shows is what happens.</summary>
public sealed partial class ReadmeTests(Consumer consumer) : IClassFixture<Consumer>
{
    [Fact]
    public void The_program_of_the_readme_prints_what_the_readme_says()
    {
        string readme = Read("README.md");
        string folder = Path.Combine(consumer.Folder, "..", "readme");
        Directory.CreateDirectory(folder);
        foreach (string name in (string[])["nuget.config", "Consumer.csproj"])
            File.Copy(Path.Combine(consumer.Folder, name), Path.Combine(folder, name));
        File.WriteAllText(Path.Combine(folder, "majority.nn.json"), Block(readme, "json"));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Block(readme, "csharp"));

        Assert.Equal(Block(readme, "text"), Dotnet.Expect(folder, "run").ReplaceLineEndings("\n"));
        Assert.True(File.Exists(Path.Combine(folder, "majority.safetensors")));
    }

    [Fact]
    public void The_schema_and_the_icon_are_in_the_package()
    {
        Assert.Contains("\"NativeNet network\"", Read("schema/network.schema.json"), StringComparison.Ordinal);
        Assert.Contains("<icon>icon.png</icon>", Read("NativeNet.nuspec"), StringComparison.Ordinal);
        Assert.EndsWith("network.schema.json", Dotnet.Expect(consumer.Folder, "msbuild", "-getItem:JsonSchemaSegment").Split("\"FullPath\": \"")[1].Split('"')[0], StringComparison.Ordinal);
        Assert.True(File.Exists(Path.ChangeExtension(consumer.PackagePath, ".snupkg")));
    }

    private string Read(string entry)
    {
        using ZipArchive package = ZipFile.OpenRead(consumer.PackagePath);
        using var reader = new StreamReader(package.GetEntry(entry)!.Open());
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Block(string readme, string language)
        => Fence().Matches(readme).First(match => match.Groups[1].Value == language).Groups[2].Value;

    [GeneratedRegex("""^```(\w+)\n(.*?)^```""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
