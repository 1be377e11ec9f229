using System.Globalization;
using Microsoft.CodeAnalysis;
using NativeNet.Generators.Tests.Description;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>Mistakes in network files, as Roslyn sees them. What each mistake is called, the tests of Description pin down.</summary>
public sealed class FileMistakeTests
{
    private const string Source = "[NativeNet.Network(\"n.nn.json\")] partial struct N;";

    [Fact]
    public void Mistakes_are_underlined_in_the_file()
    {
        IReadOnlyList<Diagnostic> found = Verify.Diagnostics(
            Source,
            [("models/n.nn.json", """
                {
                  "input": [4], «"colour"»: 1,
                  "layers": [{ "type": "dense", "units": 2, "activation": «"rleu"» }],
                  "loss": "meanSquaredError",
                  "batchSize": 8
                }
                """)],
            "NNET0006",
            "NNET0007");

        Assert.Equal("/project/models/n.nn.json: (1,16)-(1,24)", found[0].Location.GetLineSpan().ToString());
        Assert.Equal("Unknown activation 'rleu'; did you mean 'relu'?", found[1].GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("{\n", 1)]
    [InlineData("{\r\n\r\n", 2)]
    [InlineData("{\r", 1)]
    [InlineData("{ \"description\": \"\u0085\",", 1)]
    [InlineData("{ \"description\": \"\u2028\u2029\",", 2)]
    [InlineData("{ \"description\": \"\u00A0\",", 0)]
    public void Lines_are_counted_as_editors_count_them(string start, int line)
    {
        GeneratorRun run = GeneratorRun.Of(Source, ("n.nn.json", start + "\"loss\": 7 }"));

        FileLinePositionSpan place = run.Result.Diagnostics.Single(static diagnostic => diagnostic.Id == "NNET0009").Location.GetLineSpan();

        Assert.Equal(line, place.StartLinePosition.Line);
        Assert.Equal(line, place.EndLinePosition.Line);
        Assert.Equal(place.StartLinePosition.Character + 1, place.EndLinePosition.Character);
    }

    [Fact]
    public void A_file_that_nothing_uses_is_checked_too()
        => Verify.Diagnostics("", [("n.nn.json", "«»")], "NNET0001");

    [Fact]
    public void Only_files_that_end_in_nn_json_are_read()
        => Verify.Diagnostics("", [("n.json", "wrong"), ("n.nn.json.txt", "wrong"), ("N.NN.JSON", "«wrong»")], "NNET0001");

    [Fact]
    public void Every_file_in_the_folder_of_mistakes_is_refused_by_the_build()
    {
        (string, string)[] files = [.. ModelFiles.Invalid.Select(static path => (Path.GetFileName(path), File.ReadAllText(path)))];

        GeneratorRun run = GeneratorRun.Of("", files);

        Assert.Equal(
            files.Select(static file => file.Item1[..8]),
            run.Result.Diagnostics.Select(static diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
    }
}
