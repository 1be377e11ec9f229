using NativeNet.Description;
using NativeNet.Compiler.Planning;
using NativeNet.Numerics;

namespace NativeNet.Compiler.Tests.Planning;

public sealed class TilePlannerTests
{
    private static readonly int[] Columns = [4, 8, 16, 32, 48, 64, 128];

    /// <summary>Width (index), columns, rows, chains: every combination that a layer can ask for, and more.</summary>
    private static IEnumerable<(VectorWidth Width, int Columns, int Rows, int Chains)> Cases =>
        from width in VectorWidth.All
        from columns in Columns
        from rows in Enumerable.Range(1, 20)
        from chains in (int[])[1, 2, 4, 8, 16]
        select (width, columns, rows, chains);

    [Fact]
    public void A_tile_stays_in_registers()
    {
        foreach ((VectorWidth width, int columns, int rows, int chains) in Cases)
        {
            Tile tile = TilePlanner.Choose(width, columns, rows, chains);
            int accumulators = tile.Rows * tile.Vectors * tile.Chains;

            // The shape fixes the chains: a single output may need more sums than there are registers.
            if (tile is { Rows: 1, Vectors: 1 })
                continue;

            Assert.True(accumulators <= width.Accumulators, $"{tile} has {accumulators} accumulators of {width.Accumulators}.");
            Assert.True(accumulators + tile.Vectors + 1 <= width.Registers, $"{tile} does not fit {width.Registers} registers.");
        }
    }

    [Fact]
    public void Tiles_divide_the_columns_and_keep_the_chains()
    {
        foreach ((VectorWidth width, int columns, int rows, int chains) in Cases)
        {
            Tile tile = TilePlanner.Choose(width, columns, rows, chains);

            Assert.Equal(0, columns % tile.Width);
            Assert.InRange(tile.Lanes, 4, width.Lanes);
            Assert.InRange(tile.Rows, 1, rows);
            Assert.Equal(chains, tile.Chains);
        }
    }

    [Fact]
    public void Wide_layers_keep_enough_sums_in_flight_for_the_peak()
        => Assert.All(VectorWidth.All, static width =>
        {
            Tile tile = TilePlanner.Choose(width, columns: 32, rows: 64, chains: 1);

            // Four cycles of latency, two multiply-adds a cycle.
            Assert.InRange(tile.Rows * tile.Vectors, 8, width.Accumulators);
        });

    [Fact]
    public void One_sample_keeps_as_many_sums_in_flight_as_the_registers_allow()
        => Assert.All(VectorWidth.All, static width =>
        {
            foreach (int chains in (int[])[1, 2, 4])
            {
                Tile tile = TilePlanner.ChooseSingle(width, new ColumnRegion(0, 2, 32, 32), chains);

                Assert.Equal(1, tile.Rows);
                Assert.Equal(0, 64 % tile.Width);
                Assert.InRange(tile.Vectors * chains, 4, width.Accumulators);
            }
        });

    [Fact]
    public void Rows_share_a_vector_only_where_their_chains_differ_and_none_reaches_behind_the_last()
        => Assert.All(VectorWidth.All, static width =>
        {
            foreach (int panel in (int[])[4, 8, 16, 32])
            {
                for (int inputs = 1; inputs <= 40; inputs++)
                {
                    int chains = AccumulationOrder.Chains(inputs, panel);
                    var region = new ColumnRegion(0, 1, panel, panel);
                    StraightTile first = TilePlanner.ChooseStraight(width, region, chains, inputs, isFirst: true);
                    StraightTile tile = TilePlanner.ChooseStraight(width, region, chains, inputs, isFirst: false);

                    Assert.Equal(1, first.RowsAVector);
                    Assert.Equal(0, inputs % tile.RowsAVector);
                    Assert.Equal(chains, tile.Tile.Chains * tile.RowsAVector);
                    Assert.InRange(tile.Tile.Lanes, 4, width.Lanes);
                    Assert.True(tile.RowsAVector == 1 || tile.Tile.Width == tile.RowsAVector * panel);
                }
            }
        });

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    public void A_tile_over_a_block_of_samples_divides_it(int block)
        => Assert.All(VectorWidth.All, width => Assert.Equal(0, block % TilePlanner.Choose(width, block, rows: 100, chains: 1).Width));
}
