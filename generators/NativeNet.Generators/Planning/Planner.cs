using System.Collections.Immutable;
using NativeNet.Description;

namespace NativeNet.Generators.Planning;

/// <summary>Turns a checked network into an execution plan: every size, stride and tile is decided here.</summary>
internal static class Planner
{
    /// <summary>The name of the buffer that an input gradient is computed into, samples along its rows.</summary>
    public const string TransposedFront = "TransposedFront";

    /// <summary>The name of the buffer that it is computed from.</summary>
    public const string TransposedBack = "TransposedBack";

    /// <summary>The name of the buffer that a tile of gradients passes through on its way to the update rule.</summary>
    public const string UpdateTile = "UpdateTile";

    /// <summary>The name of the buffer with one loss a sample.</summary>
    public const string RowLosses = "RowLosses";

    /// <summary>Floats of the largest tile: 16 accumulators of 16.</summary>
    private const int MaxTile = 256;

    /// <summary>
    /// Rows 2 KB apart fall into two sets of a first-level cache and evict each other (6 to 7 % of a weight gradient);
    /// another 16 floats spread them.
    /// </summary>
    private const int BadStride = 512;

    public static ExecutionPlan Create(NetworkSpec spec)
    {
        ParameterLayout parameters = ParameterLayout.Create(spec);
        int batchLanes = BatchLanes(spec.BatchSize);
        ImmutableArray<DensePlan> layers = PlanLayers(spec, parameters, batchLanes);

        return new ExecutionPlan(
            spec,
            parameters,
            new EquatableArray<DensePlan>(layers),
            batchLanes,
            InferenceStride: layers.Max(static layer => layer.OutputStride),
            PlanBuffers(layers, batchLanes));
    }

    private static ImmutableArray<DensePlan> PlanLayers(NetworkSpec spec, ParameterLayout parameters, int batchLanes)
    {
        var layers = ImmutableArray.CreateBuilder<DensePlan>();
        int inputStride = spec.Input.Length;

        foreach (LayerSpec layer in spec.Layers)
        {
            if (layer is not DenseSpec dense)
                continue;

            LayerParameters own = parameters.Layers[layers.Count];
            int chains = AccumulationOrder.Chains(dense.Inputs, dense.Units);
            int outputStride = Stride(own.Weights.PaddedColumns);
            layers.Add(new DensePlan(
                FormattableString.Invariant($"Dense{dense.Index}"),
                dense,
                own,
                chains,
                inputStride,
                outputStride,
                IsFirst: layers.Count == 0,
                new EquatableArray<DenseKernels>(
                    [.. VectorWidth.All.Select(width => PlanKernels(width, own.Weights, chains, spec.BatchSize, batchLanes))])));
            inputStride = outputStride;
        }

        return layers.ToImmutable();
    }

    private static DenseKernels PlanKernels(
        VectorWidth width, PanelMatrix weights, int chains, int batchSize, int batchLanes)
    {
        EquatableArray<ColumnRegion> regions = ColumnRegion.Of(weights);
        return new DenseKernels(
            Forward: PlanForward(width, regions, chains, batchSize),
            Single: Tiles(regions, region => TilePlanner.ChooseSingle(width, region, chains)),
            WeightGradient: Tiles(regions, region => TilePlanner.Choose(width, region.PanelWidth, weights.Rows, chains: 1)),
            InputGradient: TilePlanner.ChooseOverBatch(width, batchLanes, weights.Rows),
            TransposeBlock: TilePlanner.TransposeBlock(width, weights.PaddedColumns, batchLanes));
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

    private static EquatableArray<RegionTile> Tiles(EquatableArray<ColumnRegion> regions, Func<ColumnRegion, Tile> choose)
        => new([.. regions.Select(region => new RegionTile(region, choose(region)))]);

    private static EquatableArray<WorkspaceBuffer> PlanBuffers(ImmutableArray<DensePlan> layers, int batchLanes)
    {
        var buffers = ImmutableArray.CreateBuilder<WorkspaceBuffer>();
        int next = 0;

        foreach (DensePlan layer in layers)
            Add(layer.Activation, batchLanes, layer.OutputStride, "outputs, (samples, units)");
        foreach (DensePlan layer in layers)
            Add(layer.Gradient, batchLanes, layer.OutputStride, "gradient with respect to the sums, (samples, units)");

        int rows = layers.Max(static layer => layer.Parameters.Weights.PaddedColumns);
        Add(TransposedFront, rows, batchLanes, "scores or a gradient, (units, samples)");
        Add(TransposedBack, rows, batchLanes, "a gradient, (units, samples)");
        Add(UpdateTile, 1, MaxTile, "a tile of gradients on its way to the update rule");
        Add(RowLosses, 1, batchLanes, "one loss a sample");
        return new EquatableArray<WorkspaceBuffer>(buffers.ToImmutable());

        void Add(string name, int rows, int stride, string meaning)
        {
            int length = RoundUp(rows * stride, ParameterLayout.Alignment);
            buffers.Add(new WorkspaceBuffer(name, next, length, meaning));
            next += length;
        }
    }

    /// <summary>Whole vectors of samples; batches under 16 use narrower vectors rather than empty lanes.</summary>
    private static int BatchLanes(int batchSize) => batchSize switch
    {
        <= 4 => 4,
        <= 8 => 8,
        _ => RoundUp(batchSize, 16),
    };

    private static int Stride(int columns) => columns % BadStride == 0 ? columns + 16 : columns;

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
