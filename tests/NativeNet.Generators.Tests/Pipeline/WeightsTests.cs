using System.Globalization;
using Microsoft.CodeAnalysis;
using NativeNet.Compiler.Weights;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>A struct whose attribute names weights, by what the build says it made of them.</summary>
public sealed class WeightsTests
{
    private const string Source = "[NativeNet.Network(\"small.nn.json\", Weights = \"small.safetensors\")] partial struct N;";

    private static readonly WeightsPair Pair = new("small.nn.json", "small.safetensors");

    [Fact]
    public void Packed_weights_are_those_of_the_class_that_the_build_wrote()
    {
        string packed = $$"""
            namespace {{WeightsPair.Namespace}};
            internal static class {{Pair.ClassName}}
            {
                internal static System.ReadOnlySpan<float> Values => new float[] { 1, 2.5f };
            }
            """;
        GeneratorRun run = GeneratorRun.Of(
            [Source, packed, "#pragma warning disable\npublic static class Test { public static float Last() => N.Weights[N.Weights.Length - 1]; }"],
            [("small.nn.json", Networks.Small), Index(new WeightsEntry(Pair, WeightsState.Packed))]);

        Assert.Empty(run.Result.Diagnostics);
        Assert.Equal(2.5f, run.Call<float>("Test", "Last"));
    }

    [Fact]
    public void Weights_that_are_not_there_yet_are_empty_and_a_warning()
    {
        GeneratorRun run = GeneratorRun.Of(
            [Source, "#pragma warning disable\npublic static class Test { public static int Length() => N.Weights.Length; }"],
            [("small.nn.json", Networks.Small), Index(new WeightsEntry(Pair, WeightsState.Missing))],
            static options => options.WithGeneralDiagnosticOption(ReportDiagnostic.Default));

        Diagnostic warning = Assert.Single(run.Result.Diagnostics);
        Assert.Equal(("NNET1011", DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
        Assert.Equal(0, run.Call<int>("Test", "Length"));
    }

    [Fact]
    public void Weights_of_another_network_are_an_error_at_the_attribute()
    {
        Diagnostic error = Assert.Single(Verify.Diagnostics(
            "[«NativeNet.Network(\"small.nn.json\", Weights = \"small.safetensors\")»] partial struct N;",
            [("small.nn.json", Networks.Small), Index(new WeightsEntry(Pair, WeightsState.Wrong, "small.safetensors: has no tensor 'layers.0.weight'"))],
            "NNET1010"));

        Assert.Equal("small.safetensors: has no tensor 'layers.0.weight'", error.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("[«NativeNet.Network(\"small.nn.json\", Weights = \"sma\" + \"ll.safetensors\")»] partial struct N;")]
    [InlineData("[«NativeNet.Network(\"./small.nn.json\", Weights = \"small.safetensors\")»] partial struct N;")]
    public void A_pair_that_the_build_has_not_seen_is_an_error(string source)
    {
        Verify.Diagnostics(source, [("small.nn.json", Networks.Small)], "NNET1009");
        WeightsPair other = Pair with { Weights = "other.safetensors" };
        Verify.Diagnostics(source, [("small.nn.json", Networks.Small), Index(new WeightsEntry(other, WeightsState.Packed))], "NNET1009");
    }

    [Theory]
    [InlineData("")]
    [InlineData("key")]
    [InlineData("key\nsmall.nn.json\tsmall.safetensors\tPacked")]
    [InlineData("key\n\t\t\t\n\t\t\t\t\nsmall.nn.json\tsmall.safetensors\tNone\t")]
    public void An_index_that_holds_no_entry_is_as_none(string text)
        => Assert.Empty(WeightsIndex.Read(text));

    private static (string, string) Index(params WeightsEntry[] entries) => ("obj/x" + WeightsIndex.Extension, WeightsIndex.Write("key", entries));
}
