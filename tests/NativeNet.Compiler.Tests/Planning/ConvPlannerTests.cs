using NativeNet.Description;
using NativeNet.Compiler.Planning;
using NativeNet.Generators.Tests.Pipeline;

namespace NativeNet.Compiler.Tests.Planning;

/// <summary>What must be true of every plan of a convolution.</summary>
public sealed class ConvPlannerTests
{
    private static readonly ConvPlan[] Layers =
    [
        .. Enumerable.Range(0, 300)
            .Select(static seed => Planner.Create(NetworkParser.Parse(RandomNetworks.Create(seed)).Spec!, Target.Simd))
            .SelectMany(static plan => plan.Layers.OfType<ConvPlan>()),
    ];

    [Fact]
    public void Random_networks_have_many_convolutions() => Assert.True(Layers.Length > 50);

    [Fact]
    public void Tiles_fit_the_registers()
        => ForEachWidth(static (layer, width, kernels) =>
        {
            foreach (Tile tile in kernels.Single.Select(static part => part.Tile).Append(kernels.Forward).Append(kernels.InputGradient).Append(kernels.WeightGradient))
            {
                Assert.True((tile.Rows * tile.Vectors) + tile.Vectors + 1 <= width.Registers, tile.ToString());
                Assert.InRange(tile.Lanes, 4, width.Lanes);
            }
        });

    [Fact]
    public void Filters_of_one_sample_are_taken_once()
        => ForEachWidth(static (layer, _, kernels) =>
        {
            int next = 0;
            foreach (FilterStretch part in kernels.Single)
            {
                Assert.Equal(next, part.First);
                Assert.Equal(0, part.Count % part.Tile.Width);
                next += part.Count;
            }

            Assert.InRange(next, layer.Filters, layer.Filters + 15);
            Assert.True(next <= layer.Weights.Matrix.PaddedColumns || layer.Groups > 1);
        });

    /// <summary>A weight gradient walks over the windows of single taps in one column, which only whole rows have.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(65536)]
    public void A_window_of_one_tap_is_whole_whatever_its_dilation(int dilation)
    {
        string json = $$"""{ "input": [8, 3], "layers": [ { "type": "conv1d", "filters": 4, "kernelSize": 1, "dilation": {{dilation}} } ], "loss": "meanSquaredError", "batchSize": 17 }""";
        var plan = (ConvPlan)Planner.Create(NetworkParser.Parse(json).Spec!, Target.Simd).Layers[0];

        Assert.True(plan is { IsPointwise: true, HasWholeRows: true, IsInside: true });
        Assert.Equal(8, plan.UpdateWindow.Vertical.Output);
    }

    [Fact]
    public void Weight_gradients_fit_their_scratch_and_cover_all_weights()
        => ForEachWidth(static (layer, _, kernels) =>
        {
            Tile tile = kernels.WeightGradient;
            Assert.Equal(layer.Conv.Products, layer.Run * layer.Runs);
            Assert.Equal(0, layer.Weights.Matrix.PaddedColumns % layer.UpdateColumns);
            Assert.True(tile.Rows * layer.UpdateColumns <= layer.TileLength);
            Assert.True(layer.ChainsLength(tile) >= tile.Rows * layer.UpdateColumns * 16);
            Assert.True(layer.ScratchLength >= layer.TileLength + (2 * layer.ChainsLength(tile)));
            Assert.True(layer.UpdateColumns == layer.Weights.Matrix.PaddedColumns || layer.UpdateColumns % tile.Vectors == 0);
        });

    private static void ForEachWidth(Action<ConvPlan, VectorWidth, ConvKernels> check)
    {
        foreach (ConvPlan layer in Layers)
        {
            for (int i = 0; i < VectorWidth.All.Length; i++)
                check(layer, VectorWidth.All[i], layer.Kernels[i]);
        }
    }
}
