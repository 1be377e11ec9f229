using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>Mistakes in C#: what is underlined and what is said.</summary>
public sealed class DeclarationMistakeTests
{
    private static readonly (string, string)[] Files = [("a/small.nn.json", Networks.Small), ("b/small.nn.json", Networks.Values)];

    [Theory]
    [InlineData("[NativeNet.Network(\"a/small.nn.json\")] struct «N»;", "NNET1001", "The struct 'N' is not partial; add 'partial' to it")]
    [InlineData("[NativeNet.Network(\"a/small.nn.json\")] record struct «N»;", "NNET1001", "The struct 'N' is not partial; add 'partial' to it")]
    [InlineData("partial class A { class «B» { [NativeNet.Network(\"a/small.nn.json\")] partial struct N; } }", "NNET1002", "The type 'B' is not partial, but holds the network 'N'; add 'partial' to it")]
    [InlineData("[NativeNet.Network(\"a/small.nn.json\")] partial struct «N»<T>;", "NNET1003", "The struct 'N' is generic, or a type around it is; a network has fixed sizes and needs a type without parameters")]
    [InlineData("partial class A<T> { [NativeNet.Network(\"a/small.nn.json\")] partial struct «N»; }", "NNET1003", "The struct 'N' is generic, or a type around it is; a network has fixed sizes and needs a type without parameters")]
    [InlineData("[NativeNet.Network(\"a/small.nn.json\")] file partial struct «N»;", "NNET1004", "The struct 'N' is local to its file, or a type around it is, and generated files cannot add to it; remove 'file'")]
    [InlineData("[«NativeNet.Network(\"smal.nn.json\")»] partial struct N;", "NNET1005", "No network file 'smal.nn.json' is in the project; the project has small.nn.json, small.nn.json")]
    [InlineData("[«NativeNet.Network(\"\")»] partial struct N;", "NNET1005", "No network file '' is in the project; the project has small.nn.json, small.nn.json")]
    [InlineData("[«NativeNet.Network(null!)»] partial struct N;", "NNET1005", "No network file '' is in the project; the project has small.nn.json, small.nn.json")]
    [InlineData("[«NativeNet.Network(\"small.nn.json\")»] partial struct N;", "NNET1006", "Several network files end in 'small.nn.json': /project/a/small.nn.json, /project/b/small.nn.json; name more of the path")]
    [InlineData("[NativeNet.Network(\"a/small.nn.json\")] partial struct «Predict»;", "NNET1007", "The struct 'Predict' is to hold a member of the same name, which C# does not allow; rename the struct")]
    [InlineData("class A { } partial class Plan { [NativeNet.Network(\"a/small.nn.json\")] partial struct «AdamStateLength»; }", "NNET1007", "The struct 'AdamStateLength' is to hold a member of the same name, which C# does not allow; rename the struct")]
    [InlineData("[NativeNet.Network(\"a/small.nn.json\")] partial struct N { const int «BatchSize» = 3; }", "NNET1008", "The network 'N' has a member 'BatchSize' of its own; rename this one")]
    public void A_mistake_is_reported_where_it_stands(string source, string id, string message)
        => Assert.Equal(message, Assert.Single(Verify.Diagnostics(source, Files, id)).GetMessage(CultureInfo.InvariantCulture));

    /// <summary>Members of every kind, wherever the struct's parts stand.</summary>
    [Theory]
    [InlineData("partial struct N { static int «Plan»() => 0; }")]
    [InlineData("partial struct N { class «Layer»; struct «Predict»<T>; event System.Action «Loss» { add { } remove { } } }")]
    [InlineData("partial record struct N(int «Json», int Own);")]
    [InlineData("partial struct N { static void «Initialize»(System.Span<float> own, ulong other) { } static void Initialize(float[] parameters) { } }")]
    [InlineData("partial struct N { static float «Loss»(System.ReadOnlySpan<float> p, System.ReadOnlySpan<float> x, System.ReadOnlySpan<int> t, System.Span<float> w) => 0; static float Loss(float[] p, float[] x, int[] t, float[] w) => 0; }")]
    [InlineData("partial struct N { static float «TrainStep»<R>(System.Span<float> a, System.Span<float> b, System.ReadOnlySpan<float> c, System.ReadOnlySpan<int> d, ref R e, long f, System.Span<float> g, NativeNet.WorkerTeam h, ulong i) => 0; static void TrainStep<T>(T rule) { } static void TrainStep(int layer) { } }")]
    public void A_member_that_leaves_no_room_is_reported_where_it_stands(string part)
    {
        string[] ids = [.. Enumerable.Repeat("NNET1008", part.Count(static c => c == '«'))];
        string kind = part.Contains("record", StringComparison.Ordinal) ? "record struct" : "struct";

        Verify.Diagnostics($"#pragma warning disable\n{part} [NativeNet.Network(\"a/small.nn.json\")] partial {kind} N;", Files, ids);
    }

    [Fact]
    public void A_project_without_files_is_told_how_to_add_one()
    {
        Diagnostic found = Assert.Single(Verify.Diagnostics("[«NativeNet.Network(\"n.nn.json\")»] partial struct N;", [], "NNET1005"));

        Assert.Equal(
            "No network file 'n.nn.json' is in the project; add it as <AdditionalFiles Include=\"…\" /> (a file that ends in .nn.json in the project's folder is added by itself)",
            found.GetMessage(CultureInfo.InvariantCulture));
    }

    /// <summary>The compiler's own errors stand alone: the generator adds none and does not fail.</summary>
    [Theory]
    [InlineData("[NativeNet.Network(\"a/small.nn.json\")] partial struct N; [NativeNet.Network(\"b/small.nn.json\")] partial struct N;", "CS0579")]
    [InlineData("[NativeNet.Network(\"a/small.nn.json\"), NativeNet.Network(\"b/small.nn.json\")] partial struct N;", "CS0579")]
    [InlineData("[NativeNet.Network(\"a/small.nn.json\")] partial class N;", "CS0592")]
    [InlineData("[NativeNet.Network(\"a/small.nn.json\")] partial record N;", "CS0592")]
    public void What_the_compiler_refuses_itself_is_left_to_it(string source, string id)
    {
        GeneratorRun run = GeneratorRun.Of(source, Files);

        Assert.Empty(run.Result.Diagnostics);
        Assert.Equal([id], run.CompilerErrors().Select(static error => error.Split("error ")[1][..6]).Distinct());
    }

    [Theory]
    [InlineData("[NativeNet.Network] partial struct N;")]
    [InlineData("[NativeNet.Network(1)] partial struct N;")]
    [InlineData("[NativeNet.Network(new[] { \"a\" })] partial struct N;")]
    [InlineData("[NativeNet.Network(\"a/small.nn.json\"")]
    [InlineData("[NativeNet.Network(\"a/small.nn.json\")] partial struct")]
    [InlineData("[NativeNet.Network(\"a/small.nn.json\")] partial struct ; partial struct N")]
    [InlineData("namespace ; [NativeNet.Network(\"a/small.nn.json\")] partial struct N;")]
    [InlineData("namespace A.B { [NativeNet.Network(\"a/small.nn.json\")] partial struct N; } namespace A { partial struct B { [NativeNet.Network(\"a/small.nn.json\")] partial struct N; } }")]
    [InlineData("[NativeNet.Network(\"a/small.nn.json\")] partial struct N; [NativeNet.Network(\"a/small.nn.json\")] partial record struct N;")]
    public void Code_that_is_half_written_never_makes_the_generator_fail(string source)
        => Assert.NotEmpty(GeneratorRun.Of(source, Files).CompilerErrors());
}
