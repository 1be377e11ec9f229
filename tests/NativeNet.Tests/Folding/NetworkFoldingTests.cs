using NativeNet.Description;
using NativeNet.Folding;
using NativeNet.Reference;
using NativeNet.SelfTest;
using NativeNet.Storage;
using NativeNet.Tensors;
using NativeNet.Tests.Networks;
using NativeNet.Tests.Shared;

namespace NativeNet.Tests.Folding;

public sealed class NetworkFoldingTests
{
    /// <summary>Of <see cref="BatchNormedFirst"/>, whose second batchNorm follows a dense layer without activation.</summary>
    private static readonly NetworkSpec Spec = Parse("""
        { "type": "batchNorm" },
        { "type": "dense", "units": 17 },
        { "type": "batchNorm" },
        { "type": "layerNorm" },
        { "type": "batchNorm" },
        { "type": "dense", "units": 3 }
        """, 67);

    [Fact]
    public void A_normalization_behind_a_layer_of_sums_goes_and_others_stay_with_their_reason()
    {
        FoldedNetwork folded = NetworkFolding.Fold(Spec, new float[Spec.ParameterCount]);

        Assert.Equal(
            [
                new FoldingStep(0, "batchNorm", null, "the network's input comes before it"),
                new FoldingStep(2, "batchNorm", 1, null),
                new FoldingStep(4, "batchNorm", null, "the layer before it is layerNorm, not one of sums"),
            ],
            folded.Steps);
        Assert.Equal(NetworkSpec.Parse(NetworkJson.Write(folded.Spec)), folded.Spec);
        Assert.Equal(NetworkSpec.Parse(NetworkJson.WriteFile(folded.Spec)), folded.Spec);
        Assert.Equal(["batchNorm", "dense", "layerNorm", "batchNorm", "dense"], folded.Spec.Layers.Select(static layer => layer.Type));
    }

    [Fact]
    public void An_activation_between_keeps_them_apart_and_dropout_does_not()
    {
        NetworkSpec spec = Parse("""
            { "type": "dense", "units": 4, "activation": "relu" }, { "type": "batchNorm" },
            { "type": "dense", "units": 4 }, { "type": "dropout", "rate": 0.5 }, { "type": "batchNorm" },
            { "type": "batchNorm" }, { "type": "dense", "units": 3 }
            """, 5);

        FoldedNetwork folded = NetworkFolding.Fold(spec, Parameters(spec));

        Assert.Equal(
            [
                new FoldingStep(1, "batchNorm", null, "an activation stands between it and layer 0"),
                new FoldingStep(3, "dropout", null, null),
                new FoldingStep(4, "batchNorm", 2, null),
                new FoldingStep(5, "batchNorm", 2, null),
            ],
            folded.Steps);
        CheckAgreement(spec, folded, Parameters(spec));
    }

    [Fact]
    public void Predictions_agree_up_to_rounding()
        => CheckAgreement(Spec, NetworkFolding.Fold(Spec, Parameters(Spec)), Parameters(Spec));

    [Fact]
    public void Convolutions_take_it_in_and_get_the_biases_that_they_lack()
    {
        NetworkSpec spec = NetworkSpec.Parse("""
            {
              "input": [5, 4, 3],
              "layers": [
                { "type": "conv2d", "filters": 6, "kernelSize": 3, "groups": 3, "bias": false }, { "type": "batchNorm" },
                { "type": "depthwiseConv2d", "kernelSize": 2 }, { "type": "batchNorm" },
                { "type": "flatten" }, { "type": "batchNorm" }, { "type": "dense", "units": 3 }
              ],
              "loss": "meanSquaredError",
              "batchSize": 7
            }
            """);

        FoldedNetwork folded = NetworkFolding.Fold(spec, Parameters(spec));

        Assert.Equal([0, 2, null], folded.Steps.Select(static step => step.Into));
        Assert.Equal("the layer before it is flatten, not one of sums", folded.Steps[2].Obstacle);
        Assert.Equal(NetworkSpec.Parse(NetworkJson.Write(folded.Spec)), folded.Spec);
        CheckAgreement(spec, folded, Parameters(spec));
    }

    [Fact]
    public void Residual_connections_keep_what_they_read()
    {
        NetworkSpec spec = NetworkSpec.Parse("""
            {
              "input": [4, 4, 2],
              "layers": [
                { "type": "conv2d", "filters": 3, "kernelSize": 3, "padding": "same" }, { "type": "batchNorm", "name": "stem" },
                { "type": "conv2d", "filters": 3, "kernelSize": 3, "padding": "same" }, { "type": "batchNorm" },
                { "type": "dropout", "rate": 0.5, "name": "dropped" }, { "type": "add", "from": "stem" },
                { "type": "add", "from": "dropped" },
                { "type": "flatten" }, { "type": "dense", "units": 3 }
              ],
              "loss": "meanSquaredError",
              "batchSize": 7
            }
            """);

        FoldedNetwork folded = NetworkFolding.Fold(spec, Parameters(spec));

        // "stem" is also what the second convolution reads: that one reader more is the layer itself, not an obstacle.
        Assert.Equal([0, 2, null], folded.Steps.Select(static step => step.Into));
        Assert.Equal(["stem", "dropped"], folded.Spec.Layers.Take(2).Select(static layer => layer.Name));
        Assert.Equal([1, 0, 2, 1], folded.Spec.Layers.OfType<AddSpec>().SelectMany(static add => add.Sources));
        Assert.Equal(NetworkSpec.Parse(NetworkJson.Write(folded.Spec)), folded.Spec);
        CheckAgreement(spec, folded, Parameters(spec));
    }

    [Fact]
    public void Branches_are_folded_each_by_itself()
    {
        NetworkSpec spec = Image("""
            { "type": "conv2d", "filters": 3, "kernelSize": 3, "padding": "same", "name": "stem" }, { "type": "batchNorm" },
            { "type": "conv2d", "filters": 4, "kernelSize": 3, "strides": 2, "padding": "same", "name": "deep" },
            { "type": "conv2d", "filters": 4, "kernelSize": 1, "strides": 2, "bias": false, "from": "stem" }, { "type": "batchNorm", "name": "shortcut" },
            { "type": "batchNorm", "from": "deep", "name": "main" }, { "type": "dropout", "rate": 0.5, "name": "dropped" },
            { "type": "add", "from": ["dropped", "shortcut", "main"] }
            """);

        FoldedNetwork folded = NetworkFolding.Fold(spec, Parameters(spec));

        // The first convolution is read by its normalization and by the shortcut, which wants it as it was.
        Assert.Equal(
            [
                new FoldingStep(1, "batchNorm", null, "another layer reads what layer 0 puts out"),
                new FoldingStep(4, "batchNorm", 3, null),
                new FoldingStep(5, "batchNorm", 2, null),
                new FoldingStep(6, "dropout", null, null),
            ],
            folded.Steps);
        Assert.Equal(["stem", null, "deep", "shortcut", null], folded.Spec.Layers.Take(5).Select(static layer => layer.Name));
        Assert.Equal([2, 3, 2], folded.Spec.Layers[4].Sources);
        Check(spec, folded);
    }

    [Theory]
    [InlineData("""{ "type": "flatten" }, { "type": "dense", "units": 5, "bias": false }""")]
    [InlineData("""{ "type": "conv2d", "filters": 5, "kernelSize": 2, "bias": false }""")]
    [InlineData("""{ "type": "depthwiseConv2d", "kernelSize": 2, "bias": false }""")]
    public void A_layer_without_biases_gets_those_of_the_normalization(string layer)
    {
        NetworkSpec spec = Image(layer + """, { "type": "batchNorm" }""");

        FoldedNetwork folded = NetworkFolding.Fold(spec, Parameters(spec));

        Assert.DoesNotContain(folded.Spec.Layers, static own => own is BatchNormSpec);
        Assert.Contains(folded.Spec.Layers, static own => own is ConvSpec { HasBias: true } or DenseSpec { HasBias: true, Units: 5 });
        Check(spec, folded);
    }

    [Fact]
    public void Dropout_goes_wherever_it_stands()
    {
        NetworkSpec spec = Image("""
            { "type": "dropout", "rate": 0.5 },
            { "type": "conv2d", "filters": 2, "kernelSize": 3, "padding": "same", "activation": "tanh" },
            { "type": "dropout", "rate": 0.2, "name": "dropped" },
            { "type": "dropout", "rate": 0.2, "from": "input", "name": "again" },
            { "type": "concat", "from": "dropped", "name": "narrow" },
            { "type": "conv2d", "filters": 4, "kernelSize": 3, "padding": "same", "from": "again" },
            { "type": "batchNorm", "name": "normed" },
            { "type": "concat", "from": ["dropped", "normed", "again"], "name": "wide" },
            { "type": "dropout", "rate": 0.2, "from": "normed", "name": "last" },
            { "type": "concat", "from": ["last", "narrow", "wide"] }
            """);

        FoldedNetwork folded = NetworkFolding.Fold(spec, Parameters(spec));

        Assert.All(folded.Steps, static step => Assert.Null(step.Obstacle));
        Check(spec, folded);
    }

    [Fact]
    public void Random_graphs_predict_alike()
    {
        int taken = 0, kept = 0;
        for (int seed = 0; seed < 150; seed++)
        {
            NetworkSpec spec = NetworkSpec.Parse(RandomGraphs.Create(seed));
            FoldedNetwork folded = NetworkFolding.Fold(spec, Parameters(spec));
            taken += folded.Steps.Count(static step => step.Into is not null);
            kept += folded.Steps.Count(static step => step.Obstacle is not null);

            Assert.Equal(NetworkSpec.Parse(NetworkJson.Write(folded.Spec)), folded.Spec);
            (double[] before, double[] after) = Predict(spec, folded, Parameters(spec));
            double largest = before.Max(Math.Abs);
            for (int i = 0; i < before.Length; i++)
                Assert.True(Math.Abs(before[i] - after[i]) < 1e-4 * (largest + 1), $"seed {seed}: {after[i]} instead of {before[i]}");
        }

        Assert.InRange(taken, 20, int.MaxValue);
        Assert.InRange(kept, 20, int.MaxValue);
    }

    [Fact]
    public void The_folded_network_is_the_one_that_is_compiled_without_the_layer()
    {
        FoldedNetwork folded = NetworkFolding.Fold(Spec, Parameters(Spec));
        Assert.Equal(NetworkSpec.Parse(JsonOf<Folded>()), folded.Spec);

        float[] inputs = Inputs(7, 67), before = new float[21], after = new float[21];
        float[] parameters = Pack(BatchNormedFirst.Tensors, Parameters(Spec));
        BatchNormedFirst.PredictBatch(parameters, inputs, before, new float[BatchNormedFirst.PredictBatchWorkspaceLength]);
        parameters = Pack(Folded.Tensors, folded.Parameters.AsSpan());
        Folded.PredictBatch(parameters, inputs, after, new float[Folded.PredictBatchWorkspaceLength]);
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(before[i], after[i], Tolerance(67) * 10);
    }

    [Fact]
    public void The_folded_network_passes_parity()
        => Assert.All(new NetworkParity<Folded, float>(new ValueTargets()).Cases(), static parity => parity.Run());

    private static string JsonOf<TNetwork>()
        where TNetwork : struct, INetwork
        => TNetwork.Json;

    /// <summary>In double nothing but the rounding of the folded parameters is left: 2⁻²⁴ of each, over every sum.</summary>
    private static void CheckAgreement(NetworkSpec spec, FoldedNetwork folded, float[] parameters)
    {
        (double[] before, double[] after) = Predict(spec, folded, parameters);
        int longest = spec.Layers.Max(static layer => layer switch { DenseSpec dense => dense.Inputs, ConvSpec conv => conv.Products, _ => 0 });
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(before[i], after[i], Tolerance(longest));
        Assert.Contains(before, static score => Math.Abs(score) > 0.1);
    }

    private static (double[] Before, double[] After) Predict(NetworkSpec spec, FoldedNetwork folded, float[] parameters)
    {
        double[] inputs = Doubles(Inputs(9, spec.Input.Length));
        return (
            new ReferenceNetwork<double>(spec).Predict(Doubles(parameters), inputs),
            new ReferenceNetwork<double>(folded.Spec).Predict(Doubles([.. folded.Parameters]), inputs));
    }

    private static void Check(NetworkSpec spec, FoldedNetwork folded)
    {
        Assert.Equal(NetworkSpec.Parse(NetworkJson.Write(folded.Spec)), folded.Spec);
        CheckAgreement(spec, folded, Parameters(spec));
    }

    /// <summary>K rounded products of numbers near 1, each off by 2⁻²⁴, with room for the factors of later layers.</summary>
    private static double Tolerance(int products) => 16 * products * Math.Pow(2, -24);

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, static value => (double)value);

    private static float[] Pack(TensorTable table, ReadOnlySpan<float> rowMajor)
    {
        float[] packed = new float[table.Length];
        ParameterPacking.Pack(table, rowMajor, packed);
        return packed;
    }

    /// <summary>Numbers from −0.5 to 0.5, variances from 0.25 to 1.25.</summary>
    private static float[] Parameters(NetworkSpec spec)
    {
        var random = new Random(8);
        return
        [
            .. spec.Layers.SelectMany(static layer => layer.Parameters).SelectMany(tensor => Enumerable.Range(0, tensor.Count)
                .Select(_ => random.NextSingle() + (tensor.Name == "running_var" ? 0.25f : -0.5f))),
        ];
    }

    private static float[] Inputs(int samples, int length)
        => [.. Enumerable.Range(0, samples * length).Select(static i => ((i * 37 % 101) - 50) / 64f)];

    private static NetworkSpec Image(string layers)
        => NetworkSpec.Parse($$"""{ "input": [5, 4, 2], "layers": [{{layers}}, { "type": "flatten" }, { "type": "dense", "units": 3 }], "loss": "meanSquaredError", "batchSize": 7 }""");

    private static NetworkSpec Parse(string layers, int inputs)
        => NetworkSpec.Parse($$"""{ "input": [{{inputs}}], "layers": [{{layers}}], "loss": "meanSquaredError", "batchSize": 7 }""");
}
