namespace NativeNet.Compiler.Planning;

/// <summary>Chooses how weight gradients are summed: what lies along the vectors, and how many sums the registers hold.</summary>
/// <remarks>
/// The choice is the cheaper one in issue slots, of which a processor has two a cycle for multiply-adds and two for
/// loads. A sample costs a tile as many slots as the more frequent of the two, and at least eight, the latency of one
/// multiply-add; a result costs what it takes to turn it and to apply it. Model and measurement in µs, 512 bits, 4.5 GHz:
/// 64 × 10 with 64 samples over units 0.52 and 0.56 to 0.67, over inputs 0.36 and 0.36; 32 × 10 with 32 samples 0.14 and
/// 0.16, 0.11 and 0.11.
/// </remarks>
internal static class GradientPlanner
{
    /// <summary>The slots in which one multiply-add waits for the one before it.</summary>
    private const int LatencySlots = 8;

    /// <summary>The slots that a tile takes to begin and to end: the call, the last iteration that nobody predicts.</summary>
    private const int TileSlots = 40;

    /// <summary>The slots of a vector of results on its way to the parameters.</summary>
    private const int ApplySlots = 3, TurnSlots = 10;

    /// <summary>The best tile of a region.</summary>
    /// <param name="width">The instruction set family.</param>
    /// <param name="region">The panels.</param>
    /// <param name="inputs">K.</param>
    /// <param name="inputStride">Floats from one sample's inputs to the next's, padding included.</param>
    /// <param name="batchSize">The samples that are summed.</param>
    public static GradientTile Choose(VectorWidth width, ColumnRegion region, int inputs, int inputStride, int batchSize)
    {
        GradientTile overUnits = OverUnits(width, region, inputs);
        int padded = RoundUp(inputs, width.Lanes);
        if (region.PanelCount > 1 || padded > inputStride)
            return overUnits;

        double best = Slots(overUnits, inputs, batchSize);
        GradientTile chosen = overUnits;
        for (int vectors = 1; vectors <= Math.Min(padded / width.Lanes, 4); vectors++)
        {
            GradientTile tile = OverInputs(width, region, inputs, vectors);
            if (tile.Tile.Rows < 1 || Slots(tile, inputs, batchSize) is var slots && slots >= best)
                continue;
            (best, chosen) = (slots, tile);
        }

        return chosen;
    }

    /// <summary>Issue slots of a region's gradient.</summary>
    public static double Slots(GradientTile part, int inputs, int batchSize)
    {
        Tile tile = part.Tile;
        int walks = part.IsOverInputs
            ? RoundUp(part.Region.Columns, tile.Rows) / tile.Rows
            : part.Region.PanelCount * part.Region.PanelWidth / tile.Width;
        double tiles = walks * (part.IsOverInputs ? RoundUp(inputs, tile.Width) / tile.Width : inputs / (double)tile.Rows);
        int sample = Math.Max(Math.Max(tile.Rows * tile.Vectors, tile.Rows + tile.Vectors), LatencySlots);
        double results = inputs * part.Region.PanelCount * part.Region.PanelWidth / (double)Math.Min(tile.Lanes, part.Region.PanelWidth);
        return (tiles * ((sample * batchSize) + TileSlots)) + (results * (part.IsOverInputs ? TurnSlots : ApplySlots));
    }

    /// <summary>The last tile is what remains, or a whole one where nothing does and the biases fit the registers too.</summary>
    private static GradientTile OverUnits(VectorWidth width, ColumnRegion region, int inputs)
    {
        Tile tile = TilePlanner.Choose(width, region.PanelWidth, inputs, chains: 1, TilePlanner.TallRows);
        int last = inputs % tile.Rows;
        if (last == 0 && Fits(tile.Rows))
            last = tile.Rows;
        return new GradientTile(region, tile, IsOverInputs: false, Fits(last) ? last : 0);

        bool Fits(int rows) => ((rows + 2) * tile.Vectors) + 1 <= width.Registers;
    }

    /// <summary>Units in as few turns as the registers allow, as many in each.</summary>
    private static GradientTile OverInputs(VectorWidth width, ColumnRegion region, int inputs, int vectors)
    {
        int biases = Math.Max(1, region.PanelWidth / width.Lanes);
        int most = Math.Min((width.Registers - vectors - 1 - biases) / vectors, region.Columns);
        if (most < 1)
            return default;

        int turns = RoundUp(region.Columns, most) / most;
        var tile = new Tile(width.Lanes, RoundUp(region.Columns, turns) / turns, vectors, Chains: 1);
        return new GradientTile(region, tile, IsOverInputs: true, inputs - ((inputs - 1) / tile.Width * tile.Width));
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
