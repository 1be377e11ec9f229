using Microsoft.CodeAnalysis;

namespace NativeNet.Generators.Tests.Pipeline;

/// <summary>A mistake in a file is the only error of a build: code that uses the network still compiles.</summary>
public sealed class PlaceholderTests
{
    /// <summary>Everything that a network offers, used in the ways that need a constant, a method group or an interface.</summary>
    private const string Uses = """
        using System;
        using NativeNet;
        using NativeNet.Training;

        static class Uses
        {
            const int Sizes = N.InputLength + N.OutputLength + N.BatchSize + N.TargetLength + N.ParameterCount
                + N.ParametersLength + N.PredictWorkspaceLength + N.PredictBatchWorkspaceLength + N.TrainingWorkspaceLength
                + N.SgdStateLength + N.MomentumStateLength + N.AdamStateLength;
            const long Work = N.MultiplyAdds;

            static float All(float[] p, float[] x, TARGET[] t)
            {
                Span<float> workspace = stackalloc float[N.TrainingWorkspaceLength];
                N.Initialize(p, seed: 1);
                N.Predict(p, x, new float[N.OutputLength], workspace);
                N.PredictBatch(p, x, new float[N.OutputLength], workspace);
                float loss = N.Loss(p, x, t, workspace) + N.Gradients(p, x, t, p, workspace);
                loss += N.TrainStep(p, p, x, t, new Sgd(0.1f), 1, workspace);
                N.UpdateRunningAverages(p, workspace);
                return loss + N.Layer(0).Stride + N.Json.Length + N.Plan.Length + N.Fingerprint.Length + N.Tensors.Length + N.InputShape.Length + (N.Training?.Epochs ?? 0) + Generic<N>() + Typed<N>() + Sizes + Work;
            }

            static int Generic<T>() where T : struct, INetwork
                => T.InputLength + T.OutputLength + T.BatchSize + T.ParametersLength + T.PredictWorkspaceLength
                    + T.PredictBatchWorkspaceLength;

            static int Typed<T>() where T : struct, INetwork<TARGET> => T.TargetLength + T.TrainingWorkspaceLength + T.LayerCount;
        }
        """;

    [Theory]
    [InlineData("softmaxCrossEntropy", "int")]
    [InlineData("binaryCrossEntropy", "float")]
    [InlineData("meanSquaredError", "float")]
    public void A_right_network_offers_everything(string loss, string target)
    {
        string[] sources = [Network, Uses.Replace("TARGET", target, StringComparison.Ordinal)];
        GeneratorRun run = GeneratorRun.Of(sources, [("n.nn.json", Networks.Small.Replace("softmaxCrossEntropy", loss, StringComparison.Ordinal))]);

        Verify.Sources(run, Networks.FilesOf("N"));
    }

    [Theory]
    [InlineData("int", "NNET0001", "{")]
    [InlineData("float", "NNET0007", """{ "input": [3], "layers": [{ "type": "dense", "units": 2 }], "loss": "mean", "batchSize": 4 }""")]
    [InlineData("int", "NNET1005", null)]
    public void A_wrong_network_offers_everything_and_adds_no_error(string target, string id, string? text)
    {
        string[] sources = [Network, Uses.Replace("TARGET", target, StringComparison.Ordinal)];
        GeneratorRun run = GeneratorRun.Of(sources, text is null ? [] : [("n.nn.json", text)]);

        Assert.Equal(id, Assert.Single(run.Result.Diagnostics).Id);
        Assert.Equal("N.g.cs", Assert.Single(run.Result.GeneratedSources).HintName);
        Assert.Empty(run.CompilerErrors());
    }

    /// <summary>What is missing would be an error beside the file's own, and what is no part of it would not be reserved.</summary>
    [Fact]
    public void A_wrong_network_has_the_members_of_every_other()
    {
        string[] networks = [Networks.Small, Networks.Values, Networks.Small.Replace("[{", "[{ \"type\": \"batchNorm\" }, {", StringComparison.Ordinal), Causal];
        string[][] faces = [.. networks.Select(Face)];

        Assert.Equal(faces.SelectMany(static face => face).Distinct().Order(StringComparer.Ordinal), Face("{"));
        Assert.Equal(faces[0], faces[2]);

        string[] predicting = Face(Networks.Small.Replace("\"loss\": \"softmaxCrossEntropy\",", "", StringComparison.Ordinal));
        Assert.NotEmpty(predicting);
        Assert.Superset(predicting.ToHashSet(), faces[0].ToHashSet());
        Assert.DoesNotContain(predicting, static member => member.Contains("Train", StringComparison.Ordinal) && !member.Contains("TrainedLength", StringComparison.Ordinal) && !member.Contains("TrainingSpec", StringComparison.Ordinal));
    }

    /// <summary>The members of a network that its user can see, in order.</summary>
    private static string[] Face(string json) =>
    [
        .. GeneratorRun.Of(Network, ("n.nn.json", json)).Output.GetTypeByMetadataName("N")!.GetMembers()
            .Where(static member => member.DeclaredAccessibility == Accessibility.Public && !member.IsImplicitlyDeclared)
            .Select(static member => member.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat.WithMemberOptions(SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeParameters)))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A network that takes a signal frame by frame.</summary>
    private const string Causal = """{ "input": [5, 2], "layers": [{ "type": "conv1d", "filters": 2, "kernelSize": 3, "padding": "causal" }], "loss": "meanSquaredError", "batchSize": 4 }""";

    private const string Network = "[NativeNet.Network(\"n.nn.json\")] readonly partial struct N;";
}
