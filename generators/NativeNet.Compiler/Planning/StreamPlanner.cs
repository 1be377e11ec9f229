using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>
/// Plans the processing of a signal frame by frame. A stretch of it is one sample of the same network with fewer frames, whose
/// layers find what came before in the stream; so it is planned as one prediction is.
/// </summary>
internal static class StreamPlanner
{
    /// <summary>What the names of buffers begin with where they hold a stretch.</summary>
    public const string Prefix = "Process";

    /// <summary>Plans a network; null where it is not causal, or reaches back further than memory does.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="target">What code is made for.</param>
    /// <param name="parameters">Where parameters lie.</param>
    public static StreamPlan? Create(NetworkSpec spec, Target target, ParameterLayout parameters)
    {
        // A vector is the output behind the last frame of a stretch, and every frame has an output.
        int frames = spec.Output.Rank == 1 ? 1 : target.StretchFrames;
        if (spec.OverFrames(frames) is not { } longest || Plan(longest, frames, frames, target, parameters) is not { } most)
            return null;

        var stream = new WorkspaceBuilder(target, static (_, _) => Sharing.None, Lifetime.Stream);
        foreach (View kept in most.Layers.Select(static layer => layer.Stream).OfType<View>())
            stream.Add(kept.Buffer, kept.Length, "what is kept of earlier frames");

        // A shorter stretch takes less of the same places.
        Stretch[] shorter = frames == 1 ? [] : [Plan(spec.OverFrames(1)!, 1, frames, target, parameters)!];
        Workspace workspace = most.Procedure.Workspace;
        return new StreamPlan(stream.Build(), workspace, new([most, .. shorter.Select(own => own with { Procedure = own.Procedure with { Workspace = workspace } })]));
    }

    private static Stretch? Plan(NetworkSpec stretch, int frames, int most, Target target, ParameterLayout parameters)
    {
        var views = new ViewPlanner(stretch, target);
        var site = new LayerSite(stretch, target, views, parameters, most);
        EquatableArray<LayerPlan> layers = new([.. views.Layers.Select(layer => LayerPlanTable.Create(layer, site)).Select(layer => layer with
        {
            Name = FormattableString.Invariant($"{layer.Name}Frame{(frames == 1 ? "" : $"s{frames}")}"),
        })]);
        if (layers.Sum(static layer => layer.StreamLength) > NetworkLimits.Activations)
            return null;

        Procedure single = new PredictionPlanner(stretch, target, views, layers).PlanSingle(Prefix);
        return new Stretch(frames, layers, single with { Steps = new([.. single.Calls.Select(call => Process(call, layers))]) });
    }

    /// <summary>The call as it is, or, where its layer keeps something in the stream, as one that reads and writes that.</summary>
    private static Call Process(Call call, EquatableArray<LayerPlan> layers)
        => call.Op.Layer is { } own && layers.First(layer => layer.Spec.Index == own.Index).Stream is { } stream
            ? new Call(new Op(OpKind.Process, own), new([.. call.Reads, stream]), new([.. call.Writes, stream]))
            : call;
}
