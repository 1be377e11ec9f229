using System.Globalization;
using System.Text.RegularExpressions;
using NativeNet.Description;

namespace NativeNet.Generators.Tests.Description;

public sealed partial class DiagnosticTableTests
{
    [Fact]
    public void Numbers_run_without_gaps_from_one()
        => Assert.Equal(
            Enumerable.Range(1, DiagnosticTable.All.Length).Select(static n => string.Create(CultureInfo.InvariantCulture, $"NNET{n:D4}")),
            DiagnosticTable.All.Select(static rule => rule.Id));

    [Fact]
    public void An_unknown_number_is_refused()
        => Assert.Throws<ArgumentException>(static () => DiagnosticTable.Find("NNET9999"));

    [Fact]
    public void The_release_file_lists_the_table()
    {
        string release = File.ReadAllText(
            Path.Combine(ModelFiles.Root, "generators", "NativeNet.Generators", "AnalyzerReleases.Unshipped.md"));

        Assert.Equal(
            DiagnosticTable.All.Select(static rule => $"{rule.Id} | {DiagnosticTable.Category} | Error | {rule.Title}"),
            ReleaseRow().Matches(release).Select(static match => match.Value));
    }

    [Fact]
    public void The_documentation_lists_the_table()
    {
        string readme = File.ReadAllText(Path.Combine(ModelFiles.Models, "README.md"));

        Assert.Equal(
            DiagnosticTable.All.Select(static rule => $"| {rule.Id} | {rule.Title} |"),
            DocumentationRow().Matches(readme).Select(static match => match.Value));
    }

    /// <summary>Numbers up to NNET0999 are mistakes in network files; the rest is the generator's.</summary>
    [GeneratedRegex(@"^NNET0\d{3} \|.*$", RegexOptions.Multiline)]
    private static partial Regex ReleaseRow();

    [GeneratedRegex(@"^\| NNET0\d{3} \|[^|]*\|", RegexOptions.Multiline)]
    private static partial Regex DocumentationRow();
}
