using System.Globalization;
using Microsoft.CodeAnalysis;
using NativeNet.Compiler.Planning;
using NativeNet.Compiler.Planning.Budgets;
using NativeNet.Description;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>What a network may cost, against what it costs.</summary>
public sealed class BudgetTests
{
    private const string Source = "[NativeNet.Network(\"n.nn.json\")] partial struct N;";

    /// <summary>4·16 + 16 and 16·2 + 2 parameters, 64 + 32 multiply-adds.</summary>
    [Theory]
    [InlineData("parameterBytes", 456, "most of it: layer 0 (dense) 320, layer 2 (dense) 136")]
    [InlineData("multiplyAdds", 96, "most of it: layer 0 (dense) 64, layer 2 (dense) 32")]
    public void Bounds_of_the_network_itself_are_exact(string key, int needed, string heaviest)
    {
        Verify.Sources(GeneratorRun.Of(Source, ("n.nn.json", Network(key, needed))), "N.g.cs", "N.Operations.g.cs", "N.Vector512.g.cs", "N.Vector256.g.cs", "N.Vector128.g.cs");

        Diagnostic error = Assert.Single(Verify.Diagnostics(Source, [("n.nn.json", Network(key, needed - 1, "«", "»"))], "NNET1012"));
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"Too much: the budget allows {needed - 1} {key}, but the network needs {needed}; {heaviest}"),
            error.GetMessage(CultureInfo.InvariantCulture));
    }

    /// <summary>Adam keeps two numbers a parameter; padded rows of the vector kernels count, a scalar target has none.</summary>
    [Fact]
    public void Bounds_of_a_target_are_those_of_its_layout()
    {
        var spec = NetworkSpec.Parse(Network("multiplyAdds", 1));
        Program simd = Planner.Create(spec, Target.Simd), scalar = Planner.Create(spec, Target.Scalar);

        Assert.Equal(4L * ((3 * simd.Parameters.Length) + simd.TrainStep.Workspace.Length), Needed(simd, "trainingBytes"));
        Assert.Equal((4L * simd.Parameters.Length, 456L), (Needed(simd, "flashBytes"), Needed(scalar, "flashBytes")));
        Assert.Equal((4L * simd.Predict.Workspace.Length, 4L * scalar.Predict.Workspace.Length), (Needed(simd, "inferenceBytes"), Needed(scalar, "inferenceBytes")));
        Assert.True(simd.Parameters.Length > scalar.Parameters.Length);

        static long Needed(Program program, string key) => ProgramCost.Lines(program).Single(line => line.Key == key).Needed;
    }

    [Fact]
    public void A_budget_is_kept_and_changes_nothing_else()
    {
        var spec = NetworkSpec.Parse(Network("flashBytes", 1000));

        Assert.Equal(new BudgetSpec(0, 0, 0, 0, 1000), spec.Budget);
        Assert.Equal(spec, NetworkSpec.Parse(NetworkJson.WriteFile(spec)));
        Assert.Equal(Compiler.NetworkFingerprint.Of(spec with { Budget = null }), Compiler.NetworkFingerprint.Of(spec));
    }

    [Fact]
    public void Only_a_network_that_trains_has_a_bound_of_training()
    {
        string text = Network("trainingBytes", 1).Replace("\"loss\": \"softmaxCrossEntropy\",", "", StringComparison.Ordinal)
            .Replace(", \"training\": { \"epochs\": 1, \"rule\": \"adam\", \"learningRate\": 0.1 }", "", StringComparison.Ordinal);
        Assert.Equal("The key 'trainingBytes' applies only with the key 'loss'; remove it", Assert.Single(NetworkParser.Parse(text).Diagnostics).Message);
    }

    private static string Network(string key, int bound, string open = "", string close = "") => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "input": [4],
          "layers": [
            { "type": "dense", "units": 16 },
            { "type": "activation", "activation": "relu" },
            { "type": "dense", "units": 2 }
          ],
          "loss": "softmaxCrossEntropy",
          "batchSize": 8, "training": { "epochs": 1, "rule": "adam", "learningRate": 0.1 },
          "budget": { "{{key}}": {{open}}{{bound}}{{close}} }
        }
        """);
}
