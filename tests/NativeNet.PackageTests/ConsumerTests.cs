using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NativeNet.PackageTests;

/// <summary>The package as its users meet it.</summary>
public sealed partial class ConsumerTests(Consumer consumer) : IClassFixture<Consumer>
{
    private const string CompilerSkipped = "Skipping target \"CoreCompile\" because all output files are up-to-date";

    [Fact]
    public void The_package_holds_the_library_the_generator_and_their_settings()
    {
        using ZipArchive package = ZipFile.OpenRead(consumer.PackagePath);

        Assert.Equal(
            [
                "README.md", "analyzers/dotnet/cs/NativeNet.Generators.dll", "build/NativeNet.props", "build/NativeNet.targets",
                "buildTransitive/NativeNet.props", "buildTransitive/NativeNet.targets", "icon.png", "lib/net10.0/NativeNet.dll",
                "lib/net10.0/NativeNet.xml", "schema/network.schema.json", "tools/netstandard2.0/NativeNet.Build.dll",
            ],
            package.Entries
                .Select(static entry => entry.FullName)
                .Where(static name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name is not ("NativeNet.nuspec" or "[Content_Types].xml"))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_package_is_licensed_described_and_depends_on_nothing()
    {
        using ZipArchive package = ZipFile.OpenRead(consumer.PackagePath);
        using Stream nuspec = package.GetEntry("NativeNet.nuspec")!.Open();
        XElement[] metadata = [.. XDocument.Load(nuspec).Root!.Elements().Single().Elements()];

        Assert.Equal("MIT", metadata.Single(static element => element.Name.LocalName == "license").Value);
        Assert.Equal("README.md", metadata.Single(static element => element.Name.LocalName == "readme").Value);
        Assert.NotEmpty(metadata.Single(static element => element.Name.LocalName == "description").Value);
        Assert.DoesNotContain(metadata.SelectMany(static element => element.Descendants()), static element => element.Name.LocalName == "dependency");
    }

    [Fact]
    public void A_fresh_project_predicts_and_learns()
    {
        string output = Dotnet.Expect(consumer.Folder, "run", "--no-restore");

        // Before it, where this is the first build, the warning of weights that are not there yet.
        Assert.EndsWith("before 0.000\nafter 7.000\nbatch 4\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_a_network_file_is_the_only_error()
    {
        consumer.Write("models/line.nn.json", Consumer.Model.Replace("\"dense\"", "\"dens\"", StringComparison.Ordinal));

        // The sizes of a wrong network are 0, and the strictest analysis has an opinion of arrays of that length.
        (int exitCode, string output) = consumer.Build("-p:AnalysisLevel=latest");
        consumer.Write("models/line.nn.json", Consumer.Model);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            ["models/line.nn.json(3,24): error NNET0007: Unknown layer type 'dens'; did you mean 'dense'?"],
            ErrorLine().Matches(output).Select(static match => match.Value).Distinct());
    }

    [Fact]
    public void Only_a_changed_file_compiles_again()
    {
        Assert.Equal(0, consumer.Build().ExitCode);
        Assert.Contains(CompilerSkipped, consumer.Build("-v:detailed").Output, StringComparison.Ordinal);

        // An older file than the one before, as a version control system may bring it back.
        consumer.Write("models/line.nn.json", Consumer.Model.Replace("4", "8", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(Path.Combine(consumer.Folder, "models/line.nn.json"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        (int exitCode, string output) = consumer.Build("-v:detailed");
        consumer.Write("models/line.nn.json", Consumer.Model);

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(CompilerSkipped, output, StringComparison.Ordinal);
        Assert.EndsWith("batch 8\n", Dotnet.Expect(consumer.Folder, "run", "--no-build").ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    /// <summary>A program that trains its own weights is built before they are there.</summary>
    [Fact]
    public void Weights_become_data_of_the_assembly_when_they_are_there()
    {
        (int exitCode, string output) = consumer.Build();
        Assert.Equal(0, exitCode);
        Assert.Contains(
            "Program.cs(39,2): warning NNET1011: No weights 'line.safetensors' are in the project, so 'TrainedLine.Weights' is empty; build again when the network has been trained",
            output, StringComparison.Ordinal);
        Assert.StartsWith(
            "The length must be 32, not 0. The weights of an assembly are empty where their file was not there when it was built.",
            Dotnet.Expect(consumer.Folder, "run", "--no-build", "inside"), StringComparison.Ordinal);

        string weights = Path.Combine(consumer.Folder, "line.safetensors");
        Dotnet.Expect(consumer.Folder, "run", "--no-build", weights);
        Assert.Equal("inside 7.000\n", Dotnet.Expect(consumer.Folder, "run", "--no-restore", "inside").ReplaceLineEndings("\n"));
        Assert.Contains(CompilerSkipped, consumer.Build("-v:detailed").Output, StringComparison.Ordinal);

        File.WriteAllText(weights, "none");
        (exitCode, output) = consumer.Build();
        File.Delete(weights);
        Assert.Equal(1, exitCode);
        Assert.Contains("error NNET1010: line.safetensors: is shorter than 8 bytes; it is not a safetensors file", output, StringComparison.Ordinal);
    }

    /// <summary>Copies of a project's files are none of its own.</summary>
    [Fact]
    public void A_folder_that_was_published_into_holds_no_network_files()
    {
        string output = Path.Combine(consumer.Folder, "out");
        Dotnet.Expect(consumer.Folder, "publish", "--no-restore", "--output", output);
        consumer.Write("out/models/line.nn.json", Consumer.Model);
        string files = Dotnet.Expect(consumer.Folder, "msbuild", "-getItem:AdditionalFiles");
        Directory.Delete(output, recursive: true);

        Assert.Contains("\"Identity\": \"models/line.nn.json\"", files, StringComparison.Ordinal);
        Assert.DoesNotContain("out/models", files, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x86-64-v3", "-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64")]
    [InlineData("x86-64-v3", "-p:PublishAot=true", "-p:RuntimeIdentifier=win-x64")]
    [InlineData("x86-64-v4", "-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64", "-p:OwnInstructionSet=x86-64-v4")]
    [InlineData("", "-p:PublishAot=true", "-p:RuntimeIdentifier=linux-arm64")]
    [InlineData("", "-p:RuntimeIdentifier=linux-x64")]
    public void Native_code_for_x64_uses_fused_multiply_adds_unless_told_otherwise(string expected, params string[] options)
        => Assert.Equal(expected, Dotnet.Expect(consumer.Folder, ["msbuild", "-getProperty:IlcInstructionSet", .. options]).Trim());

    /// <summary>An error as the compiler prints it, without the project's name behind it.</summary>
    [GeneratedRegex(@"(?<=^\s*)\S[^\r\n]*: error [^\r\n]*?(?= \[)", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
