extern alias runner;
using System.Globalization;
using NativeNet.Description;
using NativeNet.Tests.Shared;
using runner::NativeNet.Runtime;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>
/// Random networks, compiled in memory and run from their files: whatever they compute has the bits of the reference, at every
/// vector width. More of them, or one alone: <c>NATIVENET_SEED=1000 NATIVENET_NETWORKS=5000 dotnet test --project tests/NativeNet.Compiler.Tests --filter-class '*.DifferentialTests'</c>.
/// </summary>
public sealed class DifferentialTests
{
    /// <summary>The networks of a run that asks for nothing else.</summary>
    private const int UsualNetworks = 40;

    /// <summary>Networks an assembly, and assemblies that are compiled and run side by side.</summary>
    private const int Together = 10, Abreast = 2;

    private static readonly int[] Widths = [512, 256, 128];

    private static readonly int? FirstSeed = Series.Seed;

    private static readonly int Networks = Series.Networks ?? (FirstSeed is null ? UsualNetworks : 1);

    /// <summary>The first seed and the number of networks of each test.</summary>
    public static TheoryData<int, int> Parts()
    {
        var data = new TheoryData<int, int>();
        for (int i = 0; i < Networks; i += Together * Abreast)
            data.Add((FirstSeed ?? 0) + i, Math.Min(Together * Abreast, Networks - i));
        return data;
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void Compiled_and_run_networks_have_the_bits_of_the_reference(int first, int count)
    {
        string[] failures =
        [
            .. Enumerable.Range(first, count).Chunk(Together)
                .AsParallel().AsOrdered()
                .SelectMany(static seeds => Compare(seeds[0], seeds.Length))
                .Select(static failure => failure.Text),
        ];
        Assert.True(failures.Length == 0, string.Join("\n", failures));
    }

    /// <summary>A step goes on where the last one stood, of a frozen layer and in front of a batchNorm too; few of the random networks have such layers.</summary>
    [Fact]
    public void Stateful_networks_have_the_bits_of_the_reference()
    {
        string[] layers =
        [
            """{ "type": "gru", "units": 17, "stateful": true, "returnSequences": true }, { "type": "dense", "units": 3 }""",
            """{ "type": "lstm", "units": 5, "stateful": true }, { "type": "dense", "units": 3 }""",
            """{ "type": "rnn", "units": 9, "stateful": true, "returnSequences": true, "trainable": false }, { "type": "lstm", "units": 20, "stateful": true, "returnSequences": true }, { "type": "batchNorm" }, { "type": "dropout", "rate": 0.25 }, { "type": "dense", "units": 4 }""",
            """{ "type": "gru", "units": 4, "stateful": true, "trainable": "bias", "returnSequences": true }, { "type": "conv1d", "filters": 3, "kernelSize": 2 }, { "type": "rnn", "units": 6, "stateful": true }, { "type": "dense", "units": 2 }""",
        ];
        DifferentialCase[] cases =
        [
            .. Enumerable.Range(0, 2 * layers.Length).Select(seed => new DifferentialCase(
                seed, $$"""{ "input": [5, 3], "layers": [{{layers[seed / 2]}}], "loss": "softmaxCrossEntropy", "batchSize": {{(seed % 2 == 0 ? 7 : 33)}} }""")),
        ];
        Assert.Empty(Compare(cases));
    }

    /// <summary>The comparisons themselves: two roundings in place of one are found. In 512-bit code narrow layers have such vectors too.</summary>
    [Fact]
    public void A_product_that_is_rounded_before_the_sum_is_found()
    {
        const string Rounded = "static class Rounded { public static System.Runtime.Intrinsics.Vector256<float> Fma(System.Runtime.Intrinsics.Vector256<float> a, System.Runtime.Intrinsics.Vector256<float> b, System.Runtime.Intrinsics.Vector256<float> c) => (a * b) + c; }";

        (int Bits, string Text)[] failures = [.. Compare(first: 0, count: 6, static text => text
            .Replace("Vector256.FusedMultiplyAdd(", "global::Rounded.Fma(", StringComparison.Ordinal)
            .Replace("public partial struct N0;", "public partial struct N0;\n" + Rounded, StringComparison.Ordinal))];

        Assert.True(failures.Count(static failure => failure.Bits == 256) >= 4);
        Assert.DoesNotContain(failures, static failure => failure.Bits == 128);
        Assert.Contains("alone: NATIVENET_SEED=", failures[0].Text, StringComparison.Ordinal);
    }

    private static List<(int Bits, string Text)> Compare(int first, int count, Func<string, string>? edit = null)
        => Compare([.. Enumerable.Range(first, count).Select(static seed => new DifferentialCase(seed))], edit);

    private static List<(int Bits, string Text)> Compare(DifferentialCase[] cases, Func<string, string>? edit = null)
    {
        foreach (DifferentialCase drawn in cases.Where(static drawn => drawn.Seed % 2 == 1))
            drawn.WeighClasses();
        using var compiled = new NetworkAssembly([.. cases.Select(static drawn => drawn.Spec)], edit);
        List<(int, string)> failures = [];
        for (int i = 0; i < cases.Length; i++)
        {
            ComparedNetwork network = compiled[i, cases[i].Spec.Loss!.Value];
            var check = new DifferentialCheck(cases[i], network.Tensors);
            check.Prepare();
            foreach (int bits in Widths)
            {
                compiled.UseVectors(bits);
                Find(cases[i], check, bits, "compiled", network);
                if (edit is null)
                    Find(cases[i], check, bits, "run", ComparedNetwork.Of(RuntimeNetwork.Create(cases[i].Spec, "drawn", bits)));
            }
        }

        return failures;

        void Find(DifferentialCase drawn, DifferentialCheck check, int bits, string how, ComparedNetwork network)
        {
            if (check.FindDifference(network) is { } difference)
                failures.Add((bits, Describe(drawn, bits, how, difference)));
        }
    }

    private static string Describe(DifferentialCase drawn, int bits, string how, string difference) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {how}, {bits} bits: {difference}
          of {drawn.Json}
          alone: NATIVENET_SEED={drawn.Seed} dotnet test --project tests/NativeNet.Compiler.Tests --filter-class '*.DifferentialTests'
        """);
}
