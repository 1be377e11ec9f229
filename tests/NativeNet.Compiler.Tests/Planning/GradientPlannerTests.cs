using NativeNet.Description;
using NativeNet.Compiler.Planning;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Tests.Planning;

public sealed class GradientPlannerTests
{
    private static readonly int[] Inputs = [1, 2, 3, 8, 10, 16, 20, 31, 32, 33, 48, 64, 100, 129, 784];

    private static readonly int[] Units = [.. Enumerable.Range(1, 40), 64, 100, 512];

    private static readonly int[] Batches = [1, 8, 32, 64, 200];

    /// <summary>What a layer can ask for: inputs as the caller has them, or padded like the outputs of a layer.</summary>
    private static IEnumerable<(VectorWidth Width, GradientTile Part, int Inputs, int Stride, int Batch)> Cases =>
        from width in VectorWidth.All
        from inputs in Inputs
        from stride in (int[])[inputs, new PanelMatrix(1, inputs, Target.DensePanel).PaddedColumns]
        from units in Units
        from region in ColumnRegion.Of(new PanelMatrix(inputs, units, Target.DensePanel))
        from batch in Batches
        select (width, GradientPlanner.Choose(width, region, inputs, stride, batch), inputs, stride, batch);

    [Fact]
    public void Sums_vectors_and_biases_fit_the_registers()
    {
        foreach ((VectorWidth width, GradientTile part, _, _, _) in Cases)
        {
            Tile tile = part.Tile;
            int biases = part.IsOverInputs ? Math.Max(1, part.Region.PanelWidth / tile.Lanes) : tile.Vectors;

            Assert.True((tile.Rows * tile.Vectors) + tile.Vectors + 1 <= width.Registers, $"{part}");
            if (part.LastInputs > 0)
            {
                int last = part.IsOverInputs ? tile.Rows : part.LastInputs;
                Assert.True((last * tile.Vectors) + biases + tile.Vectors + 1 <= width.Registers, $"{part} and the biases of {part.LastInputs}");
            }
        }
    }

    [Fact]
    public void Whole_tiles_and_the_last_one_cover_every_input_once()
    {
        foreach ((_, GradientTile part, int inputs, _, _) in Cases)
        {
            Assert.InRange(part.LastInputs, 0, Math.Min(part.Inputs, inputs));
            Assert.Equal(0, (inputs - part.LastInputs) % part.Inputs);
        }
    }

    [Fact]
    public void Vectors_over_inputs_read_no_further_than_a_sample_reaches()
        => Assert.All(Cases.Where(static own => own.Part.IsOverInputs), static own =>
        {
            int lanes = own.Part.Tile.Lanes, first = own.Inputs - own.Part.LastInputs;

            Assert.Equal(1, own.Part.Region.PanelCount);
            Assert.InRange(first + ((own.Part.LastInputs + lanes - 1) / lanes * lanes), own.Inputs, own.Stride);
        });

    [Fact]
    public void Narrow_panels_of_large_batches_lie_over_inputs_and_wide_ones_over_units()
        => Assert.All(VectorWidth.All, static width =>
        {
            ColumnRegion narrow = ColumnRegion.Of(new PanelMatrix(64, 10, Target.DensePanel))[0], wide = ColumnRegion.Of(new PanelMatrix(64, 32, Target.DensePanel))[0];

            Assert.True(GradientPlanner.Choose(width, narrow, 64, 64, 64).IsOverInputs);
            Assert.False(GradientPlanner.Choose(width, narrow, 64, 64, 1).IsOverInputs);
            Assert.False(GradientPlanner.Choose(width, wide, 64, 64, 64).IsOverInputs);
        });

    [Fact]
    public void The_scratch_holds_what_is_stored_in_it()
        => Assert.All(Cases, static own =>
        {
            Tile tile = own.Part.Tile;
            int tiles = own.Part.IsOverInputs ? 2 * own.Part.Region.PanelWidth * tile.Width : Math.Max(tile.Rows, own.Part.LastInputs) * tile.Width;
            int biases = own.Part.IsOverInputs ? own.Part.Region.PanelWidth : tile.Width;

            Assert.InRange(own.Part.ScratchLength, tiles + biases, 8192);
        });
}
