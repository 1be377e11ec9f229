using System.Text.RegularExpressions;
using NativeNet.Generators.Tests.Description;

namespace NativeNet.Generators.Tests.Contributing;

/// <summary>The lists of generators/README.md name exactly the files in which their examples occur.</summary>
public sealed partial class PlacesToTouchTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(ModelFiles.Root, "generators", "README.md"));

    public static TheoryData<string> Examples => [.. Section().Matches(Readme).Select(static match => match.Groups["example"].Value)];

    [Fact]
    public void There_is_a_list_for_everything_that_is_often_added() => Assert.Equal(11, Examples.Count);

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_list_names_every_file_with_its_example(string example)
    {
        string list = Section().Matches(Readme).Single(match => match.Groups["example"].Value == example).Groups["list"].Value;
        var occurs = new Regex(example, RegexOptions.IgnoreCase);

        Assert.Equal(
            Sources().Where(path => occurs.IsMatch(File.ReadAllText(Path.Combine(ModelFiles.Root, path)))).Order(StringComparer.Ordinal),
            FileName().Matches(list).Select(static match => match.Value).Order(StringComparer.Ordinal));
    }

    /// <summary>The files that the lists speak of, relative to the repository.</summary>
    private static IEnumerable<string> Sources()
    {
        string[] code = [.. ((string[])["src/NativeNet", "src/NativeNet.Program/Runtime", "generators/NativeNet.Generators", "generators/NativeNet.Compiler"])
            .SelectMany(static folder => Directory.GetFiles(Path.Combine(ModelFiles.Root, folder), "*", SearchOption.AllDirectories))
            .Where(static path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith("Unshipped.md", StringComparison.Ordinal))
            .Select(static path => Path.GetRelativePath(ModelFiles.Root, path).Replace('\\', '/'))
            .Where(static path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))];
        return [.. code, "models/README.md", "models/network.schema.json"];
    }

    /// <summary>A heading "### …, as `example`" with the numbered list below it.</summary>
    [GeneratedRegex(@"^### [^\n]*, as `(?<example>[^`]+)`\n\n(?<list>(?:\d+\. [^\n]*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"(?<=`)[\w./]+/[\w./]+\.(?:cs|md|json)(?=`)")]
    private static partial Regex FileName();
}
