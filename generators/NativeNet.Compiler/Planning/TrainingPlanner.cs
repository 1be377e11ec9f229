using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Plans losses and training steps over the values of a whole batch.</summary>
/// <remarks>
/// Where threads share a step, it is phases with barriers between: rows of the batch as far as they go by themselves, sums
/// over the whole batch that they wait for, rows again, and last the parameters. A scalar program does one thing after the
/// other: each layer is updated as soon as the gradients that need its old parameters are done, so that values die early.
/// </remarks>
/// <param name="spec">The network.</param>
/// <param name="target">What code is made for.</param>
/// <param name="views">The network's values.</param>
/// <param name="layers">The layers that compute.</param>
internal sealed class TrainingPlanner(NetworkSpec spec, Target target, ViewPlanner views, EquatableArray<LayerPlan> layers)
{
    private readonly View _rowLosses = new("RowLosses", Planner.RowLosses, SampleForm.Rows, 1, 1);
    private readonly View _loss = new(Buffer.Loss, Buffer.Loss, SampleForm.Whole, 1, 1);
    private readonly View _targets = new(
        Buffer.Targets, Buffer.Targets, SampleForm.Rows, spec.TargetLength, spec.TargetLength);

    private Workspace? _workspace;

    /// <summary>The mean loss of a batch; the outputs of every layer are kept.</summary>
    public Procedure PlanLoss()
    {
        if (spec.Loss is null)
            return Nothing;

        List<Phase> phases = [new Phase(PhaseKind.Rows, new([.. Loop([.. Forward(isTraining: false), Loss()])]))];
        return Build(phases, [MeanLoss()]);
    }

    /// <summary>Forward, backward and update.</summary>
    public Procedure PlanTrainStep()
        => spec.Loss is null ? Nothing
            : target.IsVectorized ? Build(Phases(), [.. RunningAverages(), MeanLoss()])
            : Build([], OneByOne());

    private static Procedure Nothing => new(new Workspace(default, 0), default);

    /// <summary>Rows go forward up to a layer that waits for the whole batch, and back likewise.</summary>
    private List<Phase> Phases()
    {
        var phases = new List<Phase>();
        var rows = new List<Call>();
        foreach (Call call in (Call[])[.. Forward(isTraining: true), Loss(), .. layers.Reverse().SelectMany(Backward)])
        {
            if (!call.Op.NeedsWholeBatch)
            {
                rows.Add(call);
                continue;
            }

            EndRows();
            phases.Add(new Phase(PhaseKind.Statistics, new([call])));
        }

        EndRows();
        phases.Add(new Phase(PhaseKind.Update, new([.. layers.Where(static layer => layer.Learns).Select(Update)])));
        return phases;

        void EndRows()
        {
            if (rows.Count > 0)
                phases.Add(new Phase(PhaseKind.Rows, new([.. Loop(rows)])));
            rows.Clear();
        }
    }

    private List<Step> OneByOne()
    {
        List<Step> steps = [.. Forward(isTraining: true), Loss()];
        foreach (LayerPlan layer in layers.Reverse())
        {
            steps.AddRange(Backward(layer));
            if (layer.Learns)
                steps.Add(Update(layer));
        }

        return [.. steps, .. RunningAverages(), MeanLoss()];
    }

    private List<Call> Forward(bool isTraining)
    {
        var calls = new List<Call>();
        if (views.InputInBlocks is { } input)
            calls.Add(Copy(views.Input, input));
        foreach (LayerPlan layer in layers)
        {
            if (layer.NeedsForward)
                calls.AddRange(isTraining || layer.History is not null ? TrainingForward(layer) : [Forward(layer, OpKind.Forward)]);
            if (Converted(layer) is { } converted)
                calls.Add(Copy(layer.Views.Output, converted));
        }

        return calls;
    }

    /// <summary>A layer's outputs in the other form, where a later layer reads that; the scores are turned for whoever predicts alone.</summary>
    private View? Converted(LayerPlan layer) => layer == layers[layers.Count - 1] ? null : layer.Views.Converted;

    private static IEnumerable<Call> TrainingForward(LayerPlan layer)
    {
        if (!layer.TrainsOtherwise && layer.History is null)
        {
            yield return Forward(layer, OpKind.Forward);
            yield break;
        }

        if (layer.Statistics is { } statistics)
            yield return new Call(new Op(OpKind.Statistics, layer.Spec), layer.Views.Inputs, new([statistics]));
        yield return Forward(layer, OpKind.TrainingForward);
    }

    private static Call Forward(LayerPlan layer, OpKind kind)
    {
        View[] statistics = kind == OpKind.TrainingForward && layer.Statistics is { } own ? [own] : [];
        return new Call(
            new Op(kind, layer.Spec),
            new([.. layer.Views.Inputs, .. layer.ParameterViews, .. statistics]),
            new([layer.Views.Output, .. new[] { layer.Views.Sums ?? layer.History }.OfType<View>()]));
    }

    private static Call Copy(View from, View to) => new(new Op(OpKind.Copy), new([from]), new([to]));

    private Call Loss()
    {
        LayerPlan last = layers[layers.Count - 1];
        View scores = last.Views.Output;
        View[] transposed = scores.Buffer == views.Scores.Buffer ? [] : [views.Scores];
        return new Call(new Op(OpKind.Loss), new([scores, _targets]), new([last.Views.Incoming, _rowLosses, .. transposed]));
    }

    /// <summary>The way back through a layer; nothing where nobody wants to know.</summary>
    private static IEnumerable<Call> Backward(LayerPlan layer)
    {
        if (layer.Statistics is { } statistics)
        {
            yield return new Call(
                new Op(OpKind.GradientStatistics, layer.Spec), new([.. layer.Views.Inputs, layer.Views.Incoming, statistics]), new([statistics]));
        }

        if (layer.NeedsBackward)
            yield return new Call(new Op(OpKind.Backward, layer.Spec), new([.. layer.BackwardReads]), new([.. layer.BackwardWrites]));
    }

    private static Call Update(LayerPlan layer)
        => new(new Op(OpKind.Update, layer.Spec), new([.. layer.UpdateReads]), new([.. layer.ParameterViews]));

    private IEnumerable<Step> RunningAverages() => layers
        .Where(static layer => layer.Statistics is not null)
        .Select(static layer => new Call(new Op(OpKind.RunningAverages, layer.Spec), new([layer.Statistics!]), new([.. layer.ParameterViews])));

    private Call MeanLoss() => new(new Op(OpKind.MeanLoss), new([_rowLosses]), new([_loss]));

    /// <summary>Calls on rows take all rows at once; those on blocks follow each other while a block is in the cache.</summary>
    private IEnumerable<Step> Loop(IEnumerable<Call> calls)
    {
        if (!target.IsVectorized)
            return calls;

        var steps = new List<Step>();
        var loop = new List<Call>();
        foreach (Call call in calls)
        {
            // The loss has a loop of its own: it reads what a whole pass over rows has written.
            bool isOnRows = call.Op is { Kind: OpKind.Forward or OpKind.TrainingForward } && call.Writes[0].Form == SampleForm.Rows;
            if (isOnRows || call.Op.Kind == OpKind.Loss)
                End();
            if (isOnRows)
                steps.Add(call);
            else
                loop.Add(call);
            if (call.Op.Kind == OpKind.Loss)
                End();
        }

        End();
        return steps;

        void End()
        {
            if (loop.Count > 0)
                steps.Add(new ForBlocks(new([.. loop])));
            loop.Clear();
        }
    }

    private Procedure Build(IEnumerable<Phase> phases, IEnumerable<Step> rest)
        => new(_workspace ??= PlaceBuffers(), new([.. phases, .. rest]));

    /// <summary>Everything that a step needs of all samples: side by side, or where values die early each in the place of a dead one.</summary>
    private Workspace PlaceBuffers()
    {
        var workspace = new WorkspaceBuilder(target);
        int lanes = target.BatchLanes(spec.BatchSize);
        List<Step> order = target.IsVectorized ? [] : OneByOne();
        var placed = new HashSet<string>();
        if (views.InputInBlocks is { } input)
            Add(input, "inputs");
        foreach (LayerPlan layer in layers)
        {
            Add(layer.Views.Output, "outputs");
            if (Converted(layer) is { } converted)
                Add(converted, "outputs again");
            if (layer.History is { } history)
                Add(history, "kept for the way back and the update");
            if (layer.Saved is { } kept)
                Add(kept, "kept for the update");
            if (layer.Scratch is { } scratch)
                Add(scratch, "room for a step of the way back");
            if (layer.Statistics is { } statistics)
                Place(statistics, statistics.Length, "sums over the batch, five stretches of channels");
            if (layer.Views.Sums is { } sums)
                Add(sums, "sums before the activation");
        }

        // The scores lie beside their gradient, in the buffer that the gradient of the layer below will take.
        foreach (View gradient in layers.SelectMany(static layer => layer.GradientViews).Append(views.Scores))
            Add(gradient, "gradient");

        if (target.IsVectorized)
            workspace.Add(Planner.UpdateTile, layers.Max(static layer => layer.ScratchLength), "scratch of the caller's thread: a tile of gradients on its way to the update rule, chains of sums");
        Place(_rowLosses, lanes, "one loss a sample");
        return workspace.Build();

        void Add(View view, string what)
            => Place(view, checked(lanes * view.Stride), view.Form == SampleForm.Rows ? what + ", (samples, elements)" : what + ", (blocks, elements, samples of a block)");

        void Place(View view, int length, string meaning)
        {
            if (!placed.Add(view.Buffer))
                return;

            if (target.IsVectorized)
            {
                workspace.Add(view.Buffer, length, meaning);
                return;
            }

            int first = order.FindIndex(step => step is Call call && call.Writes.Any(IsIt)), last = order.FindLastIndex(step => step is Call call && (call.Reads.Any(IsIt) || call.Writes.Any(IsIt)));
            workspace.Add(view.Buffer, length, meaning, first, last);

            bool IsIt(View other) => other.Buffer == view.Buffer;
        }
    }
}
