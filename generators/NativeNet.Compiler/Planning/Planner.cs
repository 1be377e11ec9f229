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
        EquatableArray<LayerPlan> layers = new([.. views.Layers.Select(layer => LayerPlanTable.Create(layer, new LayerSite(spec, target, views, parameters)))]);

        var prediction = new PredictionPlanner(spec, target, views, layers);
        var training = new TrainingPlanner(spec, target, views, layers);
        return new Program(
            spec, target, parameters, layers, target.BlockSize(spec), target.PartSize(spec),
            prediction.PlanSingle(), prediction.PlanBatch(), training.PlanLoss(), training.PlanTrainStep(), StreamPlanner.Create(spec, target, parameters));
    }
}
