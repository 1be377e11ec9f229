using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Turns a checked network into a program for a target: every size, stride, place, order and barrier is decided here.</summary>
internal static class Planner
{
    /// <summary>The name of the buffer that a tile of gradients passes through on its way to the update rule.</summary>
    public const string UpdateTile = "UpdateTile";

    /// <summary>The name of the buffer with one loss a sample.</summary>
    public const string RowLosses = "RowLosses";

    /// <summary>Plans a network.</summary>
    /// <param name="spec">A checked network.</param>
    /// <param name="target">What code is made for.</param>
    public static Program Create(NetworkSpec spec, Target target)
    {
        var parameters = ParameterLayout.Create(spec, target);
        var views = new ViewPlanner(spec, target);
        EquatableArray<LayerPlan> layers = new([.. views.Layers.Select(layer => Plan(layer, views, parameters, target, spec))]);

        var prediction = new PredictionPlanner(spec, target, views, layers);
        var training = new TrainingPlanner(spec, target, views, layers);
        return new Program(
            spec, target, parameters, layers, target.BlockSize(spec.BatchSize), target.PartSize(spec),
            prediction.PlanSingle(), prediction.PlanBatch(), training.PlanLoss(), training.PlanTrainStep());
    }

    private static LayerPlan Plan(LayerSpec layer, ViewPlanner planner, ParameterLayout parameters, Target target, NetworkSpec network)
    {
        LayerViews views = planner.ViewsOf(layer);
        EquatableArray<ParameterTensor> tensors = new([.. parameters.Tensors.Where(tensor => tensor.LayerIndex == layer.Index)]);
        return layer switch
        {
            DenseSpec dense => DensePlanner.Create(dense, views, tensors, target, network),
            ConvSpec conv => ConvPlanner.Create(conv, views, tensors, target, target.BlockSize(network.BatchSize)),
            PoolSpec pool => new PoolPlan(pool, views, planner.Share),
            LayerNormSpec norm => new LayerNormPlan(norm, views, tensors, planner.Share),
            BatchNormSpec norm => new BatchNormPlan(norm, views, tensors, planner.Share, target.Align(norm.Input.Channels)),
            PReluSpec prelu => new PReluPlan(prelu, views, tensors, planner.Share),
            DropoutSpec dropout => new DropoutPlan(dropout, views, planner.Share),
            ActivationLayerSpec activation => new ActivationPlan(activation, views),
            AddSpec add => new AddPlan(add, views),
            _ => throw new ArgumentException($"There is no plan for a {layer.Type} layer.", nameof(layer)),
        };
    }
}
