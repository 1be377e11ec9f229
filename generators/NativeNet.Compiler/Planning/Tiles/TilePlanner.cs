using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Chooses register tiles. Tiles change speed and never bits.</summary>
internal static class TilePlanner
{
    /// <summary>
    /// The most rows of a tile of one vector, where it pays: 8 sums hide the latency of 4 cycles only if nothing ever waits,
    /// 16 gain 5 to 8 % (weight gradients of 10 units, input gradients over 16 samples).
    /// </summary>
    public const int TallRows = 16;

    /// <summary>The most rows of other tiles: beyond eight the loads saved are few and the remainders grow.</summary>
    private const int MaxRows = 8;

    /// <summary>The tile with the fewest loads a multiply-add among those that fit the registers.</summary>
    /// <param name="width">The instruction set family.</param>
    /// <param name="columns">Padded outputs along the vectors: a multiple of 4.</param>
    /// <param name="rows">The most rows there will be.</param>
    /// <param name="chains">Sums per output.</param>
    /// <param name="mostRows">The most rows of a tile.</param>
    public static Tile Choose(VectorWidth width, int columns, int rows, int chains, int mostRows = MaxRows)
    {
        int lanes = Math.Min(width.Lanes, LargestPowerOfTwoDivisor(columns));
        int available = columns / lanes;
        Tile best = default;
        double bestCost = double.MaxValue;

        for (int vectors = 1; vectors <= Math.Min(available, 4); vectors++)
        {
            if (available % vectors != 0)
                continue;

            int fitting = Math.Min(width.Accumulators, width.Registers - vectors - 1) / (vectors * chains);
            int height = Math.Max(1, Math.Min(Math.Min(fitting, mostRows), rows));
            if (vectors > 1 && fitting < 1)
                break;

            double loads = (height + vectors) / (double)(height * vectors);
            if (loads < bestCost)
            {
                bestCost = loads;
                best = new Tile(lanes, height, vectors, chains);
            }
        }

        return best;
    }

    /// <summary>The tile for one sample: as many vectors as the accumulators allow, over two panels if there are pairs.</summary>
    /// <param name="width">The instruction set family.</param>
    /// <param name="region">The panels.</param>
    /// <param name="chains">Sums per output.</param>
    public static Tile ChooseSingle(VectorWidth width, ColumnRegion region, int chains)
    {
        int columns = region.PanelCount % 2 == 0 ? 2 * region.PanelWidth : region.PanelWidth;
        int lanes = Math.Min(width.Lanes, LargestPowerOfTwoDivisor(columns));
        int vectors = columns / lanes;
        while (vectors > 1 && vectors * chains > width.Accumulators)
            vectors /= 2;
        return new Tile(lanes, 1, vectors, chains);
    }

    /// <summary>The same for a straight line, where several rows of a narrow panel share a vector if they are of different chains.</summary>
    /// <param name="width">The instruction set family.</param>
    /// <param name="region">The panels.</param>
    /// <param name="chains">Sums per output.</param>
    /// <param name="inputs">The rows; a vector may not reach behind the last.</param>
    /// <param name="isFirst">Whether the inputs are the caller's, one by one in memory, and not in registers.</param>
    public static StraightTile ChooseStraight(VectorWidth width, ColumnRegion region, int chains, int inputs, bool isFirst)
    {
        Tile tile = ChooseSingle(width, region, chains);
        int rows = isFirst ? 1 : Math.Min(Math.Min(width.Lanes / tile.Lanes, chains), LargestPowerOfTwoDivisor(inputs));
        return new StraightTile(region, tile with { Lanes = rows * tile.Lanes, Chains = chains / rows }, rows);
    }

    /// <summary>8 × 8 where the vectors and both dimensions allow, else 4 × 4.</summary>
    public static Tile TransposeBlock(VectorWidth width, int columns, int batchLanes)
    {
        int side = width.Lanes >= 8 && columns % 8 == 0 && batchLanes % 8 == 0 ? 8 : 4;
        return new Tile(side, side, 1, 1);
    }

    private static int LargestPowerOfTwoDivisor(int value) => value & -value;
}
