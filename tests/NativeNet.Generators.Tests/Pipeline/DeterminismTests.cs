using System.Globalization;
using NativeNet.Generators.Tests.Description;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>The same files give the same bytes, whoever compiles them.</summary>
public sealed class DeterminismTests
{
    private const string Source = """
        [NativeNet.Network("digits.nn.json")] partial struct Digits;
        [NativeNet.Network("odd.nn.json")] partial struct Odd;
        [NativeNet.Network("missing.nn.json")] partial struct Missing;
        [NativeNet.Network("n.nn.json")] partial struct Ambiguous;
        """;

    private static readonly (string Name, string Text)[] Files =
    [
        ("digits.nn.json", File.ReadAllText(Path.Combine(ModelFiles.Models, "digits.nn.json"))),
        ("odd.nn.json", BaselineTests.Odd),
        ("b/n.nn.json", Networks.Small),
        ("a/n.nn.json", Networks.Values),
        ("wrong.nn.json", """{ "input": [-1.5e300], "batchSize": 70000 }"""),
    ];

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("fi-FI")]
    [InlineData("tr-TR")]
    public void The_culture_does_not_matter(string culture)
    {
        string expected = Everything(Files);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
            Assert.Equal(expected, Everything(Files));
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void The_cultures_of_these_tests_are_there_and_differ()
    {
        Assert.Equal("1,5", 1.5.ToString(new CultureInfo("de-DE")));
        Assert.Equal("\u2212" + "1", (-1).ToString(new CultureInfo("fi-FI")));
        Assert.Equal("\u0131", "I".ToLower(new CultureInfo("tr-TR")));
    }

    [Fact]
    public void The_order_of_the_files_does_not_matter()
        => Assert.Equal(Everything(Files), Everything([.. Files.Reverse()]));

    [Fact]
    public void Texts_hold_no_path_of_the_project_and_end_lines_with_a_line_feed()
    {
        string text = GeneratorRun.Of(Source, Files).Text();

        Assert.DoesNotContain("/project", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
    }

    /// <summary>Generated files and messages, the latter in an order of their own.</summary>
    private static string Everything((string, string)[] files)
    {
        GeneratorRun run = GeneratorRun.Of(Source, files);
        IEnumerable<string> messages = run.Result.Diagnostics
            .Select(static diagnostic => $"{diagnostic.Location.GetLineSpan()} {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}\n");
        Assert.Equal(2, messages.Count(static message => message.Contains("NNET100", StringComparison.Ordinal)));
        return run.Text() + string.Concat(messages.Order(StringComparer.Ordinal));
    }
}
