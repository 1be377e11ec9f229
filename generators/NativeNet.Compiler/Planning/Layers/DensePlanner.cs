using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Planning;

/// <summary>Chooses the tiles of a dense layer.</summary>
internal static class DensePlanner
{
    public static DensePlan Create(DenseSpec spec, LayerSite site)
    {
        Target target = site.Target;
        LayerViews views = site.ViewsOf(spec);
        int chains = AccumulationOrder.Chains(spec.Inputs, spec.Units), batch = site.Network.BatchSize, part = target.PartSize(site.Network);
        string gradient = LayerPlan.NameOf(spec) + "Gradient";
        var plan = new DensePlan(
            spec, views, site.TensorsOf(spec), chains, target.IsVectorized ? views.Output with { Value = gradient, Buffer = gradient } : views.Incoming, default)
        {
            IsOfOneSample = !target.IsVectorized && batch == 1,
        };
        return plan with
        {
            Kernels = new([.. target.Widths.Select(width => PlanKernels(width, plan.Weights.Matrix, chains, batch, site.BlockSize, part, views.Input))]),
        };
    }

    private static DenseKernels PlanKernels(
        VectorWidth width, PanelMatrix weights, int chains, int batchSize, int block, int part, View input)
    {
        EquatableArray<ColumnRegion> regions = ColumnRegion.Of(weights);
        return new DenseKernels(
            Forward: PlanForward(width, regions, chains, batchSize),
            Single: Tiles(regions, region => TilePlanner.ChooseSingle(width, region, chains)),
            Straight: new([.. regions.Select(region => TilePlanner.ChooseStraight(width, region, chains, weights.Rows, isFirst: input.IsInput))]),
            WeightGradient: new([.. regions.Select(region => GradientPlanner.Choose(width, region, weights.Rows, input.Stride, batchSize))]),
            InputGradient: PlanInputGradient(width, weights.Rows, block, part),
            TransposeBlock: TilePlanner.TransposeBlock(width, weights.PaddedColumns, block));
    }

    /// <summary>The best tile, then one for the rows that a full batch leaves over; single rows take what remains.</summary>
    private static EquatableArray<RowStep> PlanForward(
        VectorWidth width, EquatableArray<ColumnRegion> regions, int chains, int batchSize)
    {
        var steps = new List<RowStep>();
        for (int rows = batchSize; rows > 1; rows %= steps[steps.Count - 1].Rows)
        {
            EquatableArray<RegionTile> tiles = Tiles(regions, region => TilePlanner.Choose(width, region.PanelWidth, rows, chains));
            int least = tiles.Min(static part => part.Tile.Rows);
            if (least == 1)
                break;
            steps.Add(new RowStep(least, Tiles(regions, region => TilePlanner.Choose(width, region.PanelWidth, least, chains))));
        }

        return new EquatableArray<RowStep>([.. steps]);
    }

    /// <summary>The best tile over a block, and one for a part where that is less.</summary>
    private static EquatableArray<Tile> PlanInputGradient(VectorWidth width, int inputs, int block, int part)
    {
        Tile tile = TilePlanner.Choose(width, block, inputs, chains: 1, TilePlanner.TallRows);
        return new(tile.Width <= part ? [tile] : [tile, TilePlanner.Choose(width, part, inputs, chains: 1, TilePlanner.TallRows)]);
    }

    private static EquatableArray<RegionTile> Tiles(EquatableArray<ColumnRegion> regions, Func<ColumnRegion, Tile> choose)
        => new([.. regions.Select(region => new RegionTile(region, choose(region)))]);
}
