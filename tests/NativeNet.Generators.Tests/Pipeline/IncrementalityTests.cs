using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>An edit costs what it changes, and nothing else is computed or emitted again.</summary>
public sealed class IncrementalityTests
{
    private const string Structs = "[NativeNet.Network(\"a.nn.json\")] partial struct A; [NativeNet.Network(\"b.nn.json\")] partial struct B;";

    private const string Wrong = """{ "input": [3], "layers": [{ "type": "dense", "unit": 2 }], "loss": "softmaxCrossEntropy", "batchSize": 4 }""";

    [Fact]
    public void Nothing_is_emitted_twice()
    {
        GeneratorRun before = Start();
        GeneratorRun run = before.Again();

        Verify.IncrementalSteps(run, TrackingNames.Files, Cached, Cached);
        Verify.IncrementalSteps(run, TrackingNames.Targets, Unchanged, Unchanged);
        Verify.IncrementalSteps(run, TrackingNames.Networks, Cached, Cached);
        Verify.IncrementalSteps(run, TrackingNames.Sources, Cached, Cached);
        Assert.Equal(["A", "B"], Kept(before, run));
    }

    [Fact]
    public void Blanks_in_a_file_emit_nothing()
    {
        GeneratorRun before = Start();
        GeneratorRun run = before.WithFile("a.nn.json", "\n\n" + Networks.Small + "\n");

        Verify.IncrementalSteps(run, TrackingNames.Files, Unchanged, Cached);
        Verify.IncrementalSteps(run, TrackingNames.Sources, Cached, Cached);
        Assert.Equal(["A", "B"], Kept(before, run));
    }

    [Fact]
    public void Blanks_in_a_wrong_file_move_its_errors_and_emit_nothing()
    {
        GeneratorRun before = Start(Wrong);
        GeneratorRun run = before.WithFile("a.nn.json", "\n\n" + Wrong);

        Assert.Equal([0], Lines(before));
        Assert.Equal([2], Lines(run));
        Verify.IncrementalSteps(run, TrackingNames.Files, Modified, Cached);
        Verify.IncrementalSteps(run, TrackingNames.Networks, Unchanged, Unchanged);
        Verify.IncrementalSteps(run, TrackingNames.Sources, Cached, Cached);
        Assert.Equal(["A", "B"], Kept(before, run));
    }

    [Fact]
    public void A_change_of_one_network_emits_that_network()
    {
        GeneratorRun before = Start();
        GeneratorRun run = before.WithFile("a.nn.json", Networks.Small.Replace("\"units\": 2", "\"units\": 9", StringComparison.Ordinal));

        Verify.IncrementalSteps(run, TrackingNames.Files, Modified, Cached);
        Verify.IncrementalSteps(run, TrackingNames.Sources, Modified, Cached);
        Assert.Equal(["B"], Kept(before, run));
    }

    [Fact]
    public void A_mistake_in_one_network_emits_that_network_and_its_repair_too()
    {
        GeneratorRun before = Start();
        GeneratorRun wrong = before.WithFile("a.nn.json", Wrong);
        GeneratorRun repaired = wrong.WithFile("a.nn.json", Networks.Small);

        Assert.NotEmpty(wrong.Result.Diagnostics);
        Assert.Equal(["B"], Kept(before, wrong));
        Assert.Equal(["B"], Kept(wrong, repaired));
        Assert.Equal(before.Text(), repaired.Text());
    }

    [Fact]
    public void Code_elsewhere_emits_nothing()
    {
        GeneratorRun before = Start();
        GeneratorRun run = before.WithSource(1, "class Other { int _field; }");

        Verify.IncrementalSteps(run, TrackingNames.Files, Cached, Cached);
        Verify.IncrementalSteps(run, TrackingNames.Targets, Unchanged, Unchanged);
        Verify.IncrementalSteps(run, TrackingNames.Networks, Cached, Cached);
        Verify.IncrementalSteps(run, TrackingNames.Sources, Cached, Cached);
        Assert.Equal(["A", "B"], Kept(before, run));
    }

    [Fact]
    public void Moving_a_struct_emits_nothing()
    {
        GeneratorRun before = Start();
        GeneratorRun run = before.WithSource(0, "// a comment\n" + Structs);

        Verify.IncrementalSteps(run, TrackingNames.Targets, Modified, Modified);
        Verify.IncrementalSteps(run, TrackingNames.Networks, Unchanged, Unchanged);
        Verify.IncrementalSteps(run, TrackingNames.Sources, Cached, Cached);
        Assert.Equal(["A", "B"], Kept(before, run));
    }

    [Fact]
    public void Tracked_values_hold_no_compiler_objects()
    {
        GeneratorRun run = GeneratorRun.Of(
            [Structs + "[NativeNet.Network(\"none.nn.json\")] partial struct C; [NativeNet.Network(\"a.nn.json\")] struct D;", ""],
            [("a.nn.json", Networks.Small), ("b.nn.json", Wrong)]);

        IEnumerable<object> values = ((string[])[TrackingNames.Files, TrackingNames.Targets, TrackingNames.Networks, TrackingNames.Sources])
            .SelectMany(name => run.Result.TrackedSteps[name])
            .SelectMany(static step => step.Outputs)
            .Select(static output => output.Value);
        IReadOnlySet<Type> types = ObjectGraph.TypesIn(values);

        // What Roslyn lends by value is harmless; anything else of it holds a compilation alive or defeats the cache.
        Assert.Equal(
            ["LinePosition", "LinePositionSpan", "TextSpan"],
            types.Where(static type => type.Namespace!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)).Select(static type => type.Name).Order());
        Assert.Contains(typeof(NativeNet.Description.DenseSpec), types);
        Assert.Contains(typeof(Diagnostics.LocatedDiagnostic), types);
    }

    private static GeneratorRun Start(string first = Networks.Small)
        => GeneratorRun.Of([Structs, "class Other;"], [("a.nn.json", first), ("b.nn.json", first == Wrong ? Wrong : Networks.Values)]);

    /// <summary>The structs whose files are the very objects of the run before.</summary>
    private static IEnumerable<string> Kept(GeneratorRun before, GeneratorRun run)
        => run.Result.GeneratedSources
            .Where(source => before.Result.GeneratedSources.Any(old => ReferenceEquals(old.SourceText, source.SourceText)))
            .Select(static source => source.HintName.Split('.')[0])
            .Distinct();

    private static IEnumerable<int> Lines(GeneratorRun run)
        => run.Result.Diagnostics
            .Where(static diagnostic => diagnostic.Location.GetLineSpan().Path == "/project/a.nn.json")
            .Select(static diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line);
}
