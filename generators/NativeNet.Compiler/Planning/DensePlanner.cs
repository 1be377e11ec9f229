using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Planning;

/// <summary>Chooses the tiles of a dense layer.</summary>
internal static class DensePlanner
{
    public static DensePlan Create(DenseSpec spec, LayerWires wires, ParameterLayout parameters, int batchSize, int block, int share)
    {
        int chains = AccumulationOrder.Chains(spec.Inputs, spec.Units);
        ParameterTensor weights = parameters.Find(spec.Index, "weight")!;
        return new DensePlan(
            spec,
            wires,
            weights,
            parameters.Find(spec.Index, "bias")!,
            chains,
            new Value(LayerPlan.NameOf(spec) + "Gradient", spec.Index, SampleForm.Rows, wires.Output.Stride),
            new EquatableArray<DenseKernels>([.. VectorWidth.All.Select(width => PlanKernels(width, weights.Matrix, chains, batchSize, block, share, wires.Input))]));
    }

    private static DenseKernels PlanKernels(
        VectorWidth width, PanelMatrix weights, int chains, int batchSize, int block, int share, Value input)
    {
        EquatableArray<ColumnRegion> regions = ColumnRegion.Of(weights);
        return new DenseKernels(
            Forward: PlanForward(width, regions, chains, batchSize),
            Single: Tiles(regions, region => TilePlanner.ChooseSingle(width, region, chains)),
            Straight: new([.. regions.Select(region => TilePlanner.ChooseStraight(width, region, chains, weights.Rows, isFirst: input.Source < 0))]),
            WeightGradient: new([.. regions.Select(region => GradientPlanner.Choose(width, region, weights.Rows, input.Stride, batchSize))]),
            InputGradient: PlanInputGradient(width, weights.Rows, block, share),
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

    /// <summary>The best tile over a block, and one for a share where that is less.</summary>
    private static EquatableArray<Tile> PlanInputGradient(VectorWidth width, int inputs, int block, int share)
    {
        Tile tile = TilePlanner.Choose(width, block, inputs, chains: 1, TilePlanner.TallRows);
        return new(tile.Width <= share ? [tile] : [tile, TilePlanner.Choose(width, share, inputs, chains: 1, TilePlanner.TallRows)]);
    }

    private static EquatableArray<RegionTile> Tiles(EquatableArray<ColumnRegion> regions, Func<ColumnRegion, Tile> choose)
        => new([.. regions.Select(region => new RegionTile(region, choose(region)))]);
}
