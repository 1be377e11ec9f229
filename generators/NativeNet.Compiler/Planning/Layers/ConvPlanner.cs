using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Chooses the tiles of a convolution.</summary>
internal static class ConvPlanner
{
    /// <summary>The chains of a sum over samples.</summary>
    private const int SampleChains = 16;

    /// <summary>Fused multiply-adds in flight that hide their latency: four cycles, two of them a cycle.</summary>
    private const int InFlight = 8;

    /// <summary>Plans a layer that is a convolution.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="conv">The convolution that it is.</param>
    /// <param name="site">What surrounds it.</param>
    public static ConvPlan Create(LayerSpec layer, ConvSpec conv, LayerSite site)
    {
        int reach = conv.Window.Horizontal.Reach - 1;
        var plan = new ConvPlan(layer, conv, site.ViewsOf(layer), site.TensorsOf(layer), default)
        {
            History = site.StretchFrames == 0 || reach == 0 ? null : new FrameHistory(reach, conv.Window.Channels, site.StretchFrames, site.Target.Overhang),
        };
        return plan with { Kernels = new([.. site.Target.Widths.Select(width => PlanKernels(plan, width, site.BlockSize))]) };
    }

    private static ConvKernels PlanKernels(ConvPlan plan, VectorWidth width, int block) => new(
        Forward: OverSamples(plan, width, block, plan.Filters),
        Single: new EquatableArray<FilterStretch>([.. PlanSingle(plan.OverLongRows, width)]),
        WeightGradient: PlanWeightGradient(plan, width, Math.Min(block, SampleChains)),
        InputGradient: OverSamples(plan, width, block, plan.Channels));

    /// <summary>A depthwise layer has a vector of its own for every row, so no vector stays in a register.</summary>
    private static Tile OverSamples(ConvPlan plan, VectorWidth width, int block, int rows)
    {
        Tile tile = TilePlanner.Choose(width, block, rows, chains: 1, TilePlanner.TallRows);
        return plan.IsDepthwise ? tile with { Rows = Math.Min(rows, InFlight / tile.Vectors) } : tile;
    }

    /// <summary>
    /// Whole vectors first, then the narrowest that holds the rest. The last vector may reach over the filters' end, where
    /// the next position's first filters are written later.
    /// </summary>
    private static IEnumerable<FilterStretch> PlanSingle(ConvPlan plan, VectorWidth width)
    {
        int positions = plan.Groups == 1 ? plan.Conv.Window.Horizontal.Output : 1, whole = plan.Filters / width.Lanes * width.Lanes;
        if (whole > 0)
            yield return Stretch(0, whole);

        int rest = plan.Filters - whole;
        if (rest == 0)
            yield break;

        int lanes = rest switch { <= 4 => 4, <= 8 => 8, _ => 16 }, padded = (rest + lanes - 1) / lanes * lanes;
        yield return Stretch(whole, padded);

        FilterStretch Stretch(int first, int count)
        {
            Tile tile = TilePlanner.Choose(width, count, positions, chains: 1);
            if (!plan.IsDepthwise || plan.Conv.Window.Horizontal is not { Kernel: > 1, Dilation: 1 } axis)
                return new FilterStretch(first, count, tile);

            // Sums, a row of the kernel, and a value of the image.
            int rows = Math.Min(tile.Rows, ((width.Registers - 1) / tile.Vectors) - axis.Kernel);
            return rows > 1 ? new FilterStretch(first, count, tile with { Rows = rows }, KeepsKernelRow: true) : new FilterStretch(first, count, tile);
        }
    }

    /// <summary>
    /// The tile with the least work: a step costs its multiply-adds, its loads, or the latency of one multiply-add, whichever
    /// is most, and a quarter of its loads, which come from further away than the first-level cache; as many tiles walk as
    /// cover all products and filters. 6×4 at 512 bits loads 10 vectors for 24 multiply-adds, 4×4 8 for 16.
    /// </summary>
    private static Tile PlanWeightGradient(ConvPlan plan, VectorWidth width, int chains)
    {
        int lanes = Math.Min(width.Lanes, chains);
        if (plan.TakesKernelRows)
            return PlanKernelRow(plan, width, lanes);
        if (plan.IsDepthwise)
            return new Tile(lanes, 1, Math.Min(InFlight, plan.Filters), 1);

        Tile best = default;
        long bestCost = long.MaxValue;
        bool isOneCall = plan.UpdateColumns == plan.Weights.Matrix.PaddedColumns;
        int filters = plan.Groups == 1 ? plan.Filters : LargestPowerOfTwoDivisor(plan.Filters);
        for (int rows = 1; rows <= Math.Min(plan.Run, 8); rows++)
        {
            for (int vectors = 1; vectors <= Math.Min(filters, 8); vectors++)
            {
                bool fits = (rows * vectors) + vectors + 1 <= width.Registers;
                bool walks = (plan.Groups == 1 || filters % vectors == 0) && (isOneCall || plan.UpdateColumns % vectors == 0);
                long cost = Cost(plan.Run, rows, plan.Filters, vectors);
                if (fits && walks && cost < bestCost)
                    (best, bestCost) = (new Tile(lanes, rows, vectors, 1), cost);
            }
        }

        return best;
    }

    /// <summary>A row of taps for as many filters as hide the latency, whose sums, values and gradients fit into the registers.</summary>
    private static Tile PlanKernelRow(ConvPlan plan, VectorWidth width, int lanes)
    {
        int taps = plan.Run, filters = 1;
        while (filters * taps < InFlight && 2 * filters <= plan.Filters && 2 * filters * ((2 * taps) + 1) < width.Registers)
            filters *= 2;
        return new Tile(lanes, taps, filters, 1);
    }

    private static long Cost(int products, int rows, int filters, int vectors)
    {
        int restRows = products % rows, restVectors = filters % vectors;
        long wholeRows = products / rows, wholeVectors = filters / vectors;
        return (wholeRows * wholeVectors * Step(rows, vectors)) + (wholeRows * Step(rows, restVectors))
            + (wholeVectors * Step(restRows, vectors)) + Step(restRows, restVectors);
    }

    private static long Step(int rows, int vectors)
        => rows * vectors == 0 ? 0 : (4 * Math.Max(InFlight, Math.Max(rows * vectors, rows + vectors))) + rows + vectors;

    private static int LargestPowerOfTwoDivisor(int value) => value & -value;
}
