using System.Globalization;
using System.Text;
using NativeNet.Generators.Tests.Description;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>The generator never fails, and what it emits always compiles.</summary>
public sealed class RobustnessTests
{
    [Fact]
    public void Mutated_files_end_in_a_network_or_in_mistakes()
    {
        byte[] original = Encoding.UTF8.GetBytes(BaselineTests.Odd);
        var random = new Random(1);
        GeneratorRun run = GeneratorRun.Of("[NativeNet.Network(\"n.nn.json\")] partial struct N;", ("n.nn.json", BaselineTests.Odd));
        int networks = 0, placeholders = 0;

        for (int i = 0; i < 2000; i++)
        {
            run = run.WithFile("n.nn.json", MutationTests.Mutate(original, random));
            bool isNetwork = run.Result.GeneratedSources.Length > 1;
            Assert.NotEqual(isNetwork, run.Result.Diagnostics.Length > 0);
            if (isNetwork)
                networks++;
            else
                placeholders++;
        }

        Assert.InRange(networks, 200, 1000);
        Assert.InRange(placeholders, 800, 1800);
    }

    [Fact]
    public void A_file_without_text_ends_in_a_mistake()
        => Assert.Equal("NNET0001", Assert.Single(GeneratorRun.Of("", ("n.nn.json", null!)).Result.Diagnostics).Id);

    /// <remarks>Few of them, since binding a network takes the compiler a second; the next test is the wide one.</remarks>
    [Fact]
    public void Networks_of_any_shape_compile()
        => Verify.Sources(
            Generate(first: 0, count: 4), [.. Enumerable.Range(0, 4).SelectMany(static i => Networks.FilesOf($"N{i}"))]);

    [Fact]
    public void Networks_of_any_shape_are_valid_syntax()
    {
        GeneratorRun run = Generate(first: 4, count: 40);

        Assert.Empty(run.Result.Diagnostics);
        Assert.Equal(200, run.Result.GeneratedSources.Length);
        Assert.All(run.Result.GeneratedSources, static source => Assert.Empty(source.SyntaxTree.GetDiagnostics(TestContext.Current.CancellationToken)));
    }

    private static GeneratorRun Generate(int first, int count)
    {
        var source = new StringBuilder();
        var files = new (string, string)[count];
        for (int i = 0; i < count; i++)
        {
            source.Append(CultureInfo.InvariantCulture, $"[NativeNet.Network(\"n{i}.nn.json\")] partial struct N{i};\n");
            files[i] = ($"n{i}.nn.json", RandomNetworks.Create(seed: first + i));
        }

        return GeneratorRun.Of(source.ToString(), files);
    }
}
