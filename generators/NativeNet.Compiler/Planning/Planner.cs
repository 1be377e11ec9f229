using System.Collections.Immutable;
using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Turns a checked network into an execution plan: every size, stride and tile is decided here.</summary>
internal static class Planner
{
    /// <summary>The name of the buffer that a tile of gradients passes through on its way to the update rule.</summary>
    public const string UpdateTile = "UpdateTile";

    /// <summary>The name of the buffer with one loss a sample.</summary>
    public const string RowLosses = "RowLosses";

    /// <summary>The samples of a block: the most, and what they are where that would leave lanes empty.</summary>
    private const int FullBlock = 32, HalfBlock = 16;

    public static ExecutionPlan Create(NetworkSpec spec)
    {
        ParameterLayout parameters = ParameterLayout.Create(spec);
        int batchLanes = BatchLanes(spec.BatchSize);
        int block = Math.Min(batchLanes, batchLanes % FullBlock == 0 ? FullBlock : HalfBlock), share = Share(spec, batchLanes, block);
        var wiring = new Wiring(spec);
        EquatableArray<LayerPlan> layers = new([.. wiring.Layers.Select(layer => Plan(layer, wiring, parameters, spec.BatchSize, block, share))]);

        return new ExecutionPlan(
            spec,
            parameters,
            layers,
            wiring.Input,
            wiring.InputInBlocks,
            wiring.Scores,
            block,
            share,
            PlanTraining(layers, wiring, batchLanes),
            PlanBatch(layers, wiring, block),
            PlanSingle(layers, wiring));
    }

    private static LayerPlan Plan(LayerSpec layer, Wiring wiring, ParameterLayout parameters, int batchSize, int block, int share)
        => layer switch
        {
            DenseSpec dense => DensePlanner.Create(dense, wiring.Wires(dense), parameters, batchSize, block, share),
            ConvSpec conv => ConvPlanner.Create(conv, wiring.Wires(conv), parameters, block),
            ActivationLayerSpec activation => new ActivationPlan(activation, wiring.Wires(activation)),
            AddSpec add => new AddPlan(add, wiring.Wires(add)),
            ConcatSpec => throw new NotSupportedException("Layers of type 'concat' cannot be compiled yet."),
            _ => LibraryPlan.Create(layer, wiring, parameters),
        };

    /// <summary>Everything that a step needs of all samples, side by side.</summary>
    private static Workspace PlanTraining(EquatableArray<LayerPlan> layers, Wiring wiring, int batchLanes)
    {
        var workspace = new WorkspaceBuilder();
        if (wiring.InputInBlocks is { } input)
            Add(input, "inputs");
        foreach (LayerPlan layer in layers)
        {
            Add(layer.Wires.Output, "outputs");
            if (layer.Wires.Converted is { } converted)
                Add(converted, "outputs again");
            if (layer is LibraryPlan { Kept: { } kept })
                Add(kept, "kept for the update");
            if (layer.StatisticsLength > 0)
                workspace.Add(layer.Statistics, layer.StatisticsLength, "sums over the batch, five stretches of channels");
            if (layer.Wires.Sums is { } sums)
                Add(sums, "sums before the activation");
        }

        // The scores lie beside their gradient, in the buffer that the gradient of the layer below will take.
        foreach (Value gradient in layers.SelectMany(Gradients).Append(wiring.Scores).Distinct())
            Add(gradient, "gradient");

        workspace.Add(UpdateTile, layers.Max(static layer => layer.ScratchLength), "scratch of the caller's thread: a tile of gradients on its way to the update rule, chains of sums");
        workspace.Add(RowLosses, batchLanes, "one loss a sample");
        return workspace.Build();

        void Add(Value value, string what)
            => workspace.Add(value.Name, batchLanes * value.Stride, value.Form == SampleForm.Rows ? what + ", (samples, elements)" : what + ", (blocks, elements, samples of a block)");

        IEnumerable<Value> Gradients(LayerPlan layer) => layer switch
        {
            DensePlan dense => [dense.Gradient, layer.Wires.Incoming],
            LibraryPlan library => [layer.Wires.Incoming, .. library.Share is { } share ? [share] : Array.Empty<Value>()],
            _ => [layer.Wires.Incoming],
        };
    }

    /// <summary>One block of samples on its way; a value's room is free after its last reader.</summary>
    private static Workspace PlanBatch(EquatableArray<LayerPlan> layers, Wiring wiring, int block)
    {
        var workspace = new WorkspaceBuilder();
        if (wiring.InputInBlocks is { } input)
            workspace.Add(ExecutionNames.Batch(input), block * input.Stride, "inputs", -1, LastReader(layers, input));

        for (int i = 0; i < layers.Count; i++)
        {
            Value output = layers[i].Wires.Output;
            workspace.Add(ExecutionNames.Batch(output), block * output.Stride, "outputs", i, Math.Max(i, LastReader(layers, output)));
            if (layers[i].Wires.Converted is { } converted)
                workspace.Add(ExecutionNames.Batch(converted), block * converted.Stride, "outputs again", i, LastReader(layers, converted));
        }

        return workspace.Build();
    }

    /// <summary>One sample on its way; it has one form only.</summary>
    private static Workspace PlanSingle(EquatableArray<LayerPlan> layers, Wiring wiring)
    {
        var workspace = new WorkspaceBuilder();
        if (wiring.InputInBlocks is not null)
            workspace.Add(ExecutionNames.SingleInput, wiring.Input.Stride + Wiring.Overhang, "inputs, with room for whole vectors behind them");
        for (int i = 0; i < layers.Count; i++)
        {
            LayerWires wires = layers[i].Wires;
            int last = Math.Max(LastReader(layers, wires.Output), wires.Converted is { } converted ? LastReader(layers, converted) : i);
            bool isInBlocks = wires.Output.Form == SampleForm.Blocks || wires.Converted is not null;
            workspace.Add(ExecutionNames.Single(wires.Output), wires.Output.Stride + (isInBlocks ? Wiring.Overhang : 0), "outputs", i, Math.Max(i, last));
        }

        return workspace.Build();
    }

    private static int LastReader(EquatableArray<LayerPlan> layers, Value value)
    {
        int last = -1;
        for (int i = 0; i < layers.Count; i++)
        {
            if (layers[i].Wires.Inputs.Contains(value))
                last = i;
        }

        return last < 0 ? layers.Count : last;
    }

    /// <summary>
    /// Where threads cut a batch. Halves of blocks keep two threads busy where there is an odd number of blocks: with batches
    /// of 32, 784-512-512-10 takes 0.23 ms instead of 0.34. Layers over blocks would leave half of their lanes empty.
    /// </summary>
    private static int Share(NetworkSpec spec, int batchLanes, int block)
    {
        bool halves = batchLanes % (2 * FullBlock) != 0 && spec.Layers.All(static layer => layer.IsView || layer is DenseSpec);
        return halves ? Math.Min(block, HalfBlock) : block;
    }

    /// <summary>Whole vectors of samples; batches under 16 use narrower vectors rather than empty lanes.</summary>
    private static int BatchLanes(int batchSize) => batchSize switch
    {
        <= 4 => 4,
        <= 8 => 8,
        _ => (batchSize + 15) / 16 * 16,
    };
}
