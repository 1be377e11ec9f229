using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Plans losses and training steps over the values of a whole batch.</summary>
/// <remarks>
/// Where threads share a step, it is phases with barriers between: rows of the batch as far as they go by themselves, sums
/// over the whole batch that they wait for, rows again. Parameters follow the rows that finish their gradients, at the latest
/// behind the last ones. A scalar program does one thing after the
/// other: each layer is updated as soon as the gradients that need its old parameters are done, or while they are, so that
/// values die early. A value that nobody reads again gives its room to the next.
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

        return new Procedure(_workspace ??= PlaceBuffers(), new([.. LossSteps()]));
    }

    /// <summary>Forward, backward and update.</summary>
    public Procedure PlanTrainStep()
        => spec.Loss is null ? Nothing : new Procedure(_workspace ??= PlaceBuffers(), new([.. TrainingSteps()]));

    private List<Step> LossSteps() => [new Phase(PhaseKind.Rows, new([.. Loop([.. Forward(isTraining: false), Loss()])])), MeanLoss()];

    private List<Step> TrainingSteps() => target.IsVectorized ? [.. Phases(), .. RunningAverages(), MeanLoss()] : OneByOne();

    private static Procedure Nothing => new(new Workspace(default, 0), default);

    /// <summary>
    /// Rows go forward up to a layer that waits for the whole batch, and back likewise. Where they wait on the way back, what is
    /// behind them is updated, so that its gradients and what they were computed from give up their memory. What only an update
    /// reads of a normalization's outputs is computed anew shortly before it.
    /// </summary>
    private List<Phase> Phases()
    {
        var phases = new List<Phase>();
        var rows = new List<Call>();
        var finished = new List<LayerPlan>();
        foreach (Call call in (Call[])[.. Forward(isTraining: true), Loss()])
            Add(call);
        foreach (LayerPlan layer in layers.Reverse())
        {
            if (ComputedAnew(layer) is { } source)
                Add(Forward(source, OpKind.TrainingForward));
            foreach (Call call in Backward(layer))
                Add(call);
            if (layer.Learns)
                finished.Insert(0, layer);
        }

        EndRows();
        return phases;

        void Add(Call call)
        {
            if (!call.Op.NeedsWholeBatch)
            {
                rows.Add(call);
                return;
            }

            EndRows();
            phases.Add(new Phase(PhaseKind.Statistics, new([call])));
        }

        void EndRows()
        {
            if (rows.Count > 0)
                phases.Add(new Phase(PhaseKind.Rows, new([.. Loop(rows)])));
            if (finished.Count > 0)
                phases.Add(new Phase(PhaseKind.Update, new([.. finished.Select(Update)])));
            rows.Clear();
            finished.Clear();
        }
    }

    /// <summary>
    /// The batchNorm whose outputs the update of a convolution reads, and nobody else behind the way forward: from its inputs,
    /// which its own way back reads anyway, it takes a moment to compute them again. To keep them costs more: they would leave
    /// the caches on the way forward, and come back from memory as the inputs do.
    /// </summary>
    private BatchNormPlan? ComputedAnew(LayerPlan layer)
    {
        if (layer is not ConvPlan { LearnsWeights: true })
            return null;

        View read = layer.Views.Input;
        bool isOnlyReader = layers.SelectMany(static other => other.Views.Inputs).Count(view => view.Buffer == read.Buffer) == 1;
        return isOnlyReader ? layers.OfType<BatchNormPlan>().FirstOrDefault(norm => norm is { TrainsOtherwise: true, Views.IsOnTheWayBack: true, IsOverRows: false } && norm.Views.Output == read) : null;
    }

    private List<Step> OneByOne()
    {
        List<Step> steps = [.. Forward(isTraining: true), Loss()];
        foreach (LayerPlan layer in layers.Reverse())
        {
            if (layer.UpdatesOnTheWayBack)
            {
                steps.Add(BackwardUpdate(layer));
                continue;
            }

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
                calls.AddRange(isTraining || layer is { SavedFrames: not null, TrainsOtherwise: false } ? TrainingForward(layer) : [Forward(layer, OpKind.Forward)]);
            if (Converted(layer) is { } converted && (isTraining || views.IsReadForward(layer.Spec.Index, converted.Form)))
                calls.Add(Copy(layer.Views.Output, converted));
        }

        return calls;
    }

    /// <summary>A layer's outputs in the other form, where a later layer reads that; the scores are turned for whoever predicts alone.</summary>
    private View? Converted(LayerPlan layer) => layer == layers[layers.Count - 1] ? null : layer.Views.Converted;

    private static IEnumerable<Call> TrainingForward(LayerPlan layer)
    {
        if (!layer.TrainsOtherwise && layer.SavedFrames is null)
        {
            yield return Forward(layer, OpKind.Forward);
            yield break;
        }

        if (layer.Statistics is { } statistics)
            yield return new Call(new Op(OpKind.Statistics, layer.Spec), new([.. layer.StatisticsReads]), new([statistics]));
        yield return Forward(layer, OpKind.TrainingForward);
    }

    private static Call Forward(LayerPlan layer, OpKind kind)
    {
        View[] statistics = kind == OpKind.TrainingForward && layer.Statistics is { } own ? [own] : [];
        return new Call(
            new Op(kind, layer.Spec),
            new([.. layer.Views.Inputs, .. layer.ParameterViews, .. statistics]),
            new([layer.Views.Output, .. new[] { layer.Views.Sums ?? (kind == OpKind.TrainingForward ? layer.SavedFrames : null) ?? layer.Scratch }.OfType<View>()]))
        {
            InPlace = new([.. layer.ForwardInPlace]),
        };
    }

    private static Call Copy(View from, View to) => new(new Op(OpKind.Copy), new([from]), new([to]));

    private Call Loss()
    {
        LayerPlan last = layers[layers.Count - 1];
        View scores = last.Views.Output;
        View[] transposed = scores.Buffer == views.Scores.Buffer ? [] : [views.Scores];
        return new Call(new Op(OpKind.Loss), new([scores, _targets]), new([last.Views.Incoming, _rowLosses, .. transposed]))
        {
            InPlace = target.IsVectorized ? default : new([new Replacement(scores, last.Views.Incoming)]),
        };
    }

    /// <summary>The way back through a layer, down to the first that learns; nothing where nobody wants to know.</summary>
    private static IEnumerable<Call> Backward(LayerPlan layer)
    {
        if (!layer.Views.IsOnTheWayBack)
            yield break;

        if (layer.Statistics is { } statistics)
        {
            yield return new Call(
                new Op(OpKind.GradientStatistics, layer.Spec), new([.. layer.StatisticsReads, layer.Views.Incoming, statistics, .. layer.GradientStatisticsReads]), new([statistics]));
        }

        if (layer.NeedsBackward)
        {
            yield return new Call(new Op(OpKind.Backward, layer.Spec), new([.. layer.BackwardReads]), new([.. layer.BackwardWrites]))
            {
                InPlace = new([.. layer.BackwardInPlace]),
            };
        }
    }

    private static Call BackwardUpdate(LayerPlan layer) => new(
        new Op(OpKind.BackwardUpdate, layer.Spec),
        new([.. layer.BackwardReads.Union(layer.UpdateReads)]),
        new([.. layer.BackwardWrites, .. layer.LearnedViews]))
    {
        InPlace = new([.. layer.BackwardInPlace]),
    };

    private static Call Update(LayerPlan layer)
        => new(new Op(OpKind.Update, layer.Spec), new([.. layer.UpdateReads]), new([.. layer.LearnedViews]));

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

    /// <summary>
    /// Everything that losses and steps need of all samples, placed in the order of first use or largest first, whichever takes less:
    /// the one packs a chain of layers, the other leaves no gaps that only small values fit into.
    /// </summary>
    private Workspace PlaceBuffers()
    {
        var step = new Timeline(TrainingSteps(), target.IsVectorized, Kept);
        HashSet<string> alone = [Planner.UpdateTile, .. layers.Where(static layer => layer.SavedFramesStay).Select(static layer => layer.SavedFrames!.Buffer)];
        var loss = new Timeline(LossSteps(), target.IsVectorized, Kept);
        List<(string Name, int Length, string Meaning)> buffers = Buffers();
        Workspace inOrder = Place(buffers.OrderBy(buffer => step.FirstUse(buffer.Name) ?? int.MaxValue));
        Workspace bySize = Place(buffers.OrderByDescending(static buffer => buffer.Length));
        return bySize.Length < inOrder.Length ? bySize : inOrder;

        Workspace Place(IEnumerable<(string Name, int Length, string Meaning)> ordered)
        {
            var workspace = new WorkspaceBuilder(target, (one, other) => alone.Contains(one) || alone.Contains(other)
                ? Sharing.None
                : (Sharing)Math.Min((int)step.Between(one, other), (int)loss.Between(one, other)));
            foreach ((string name, int length, string meaning) in ordered)
                workspace.Add(name, length, meaning);
            if (target.IsVectorized)
                workspace.Add(Planner.UpdateTile, layers.Max(static layer => layer.ScratchLength), "scratch of the caller's thread: a tile of gradients on its way to the update rule, chains of sums");
            return workspace.Build();
        }
    }

    /// <summary>What is read in the workspace behind a step: scores, by who counts right ones.</summary>
    private string[] Kept => target.IsVectorized
        ? [layers[layers.Count - 1].Views.Output.Buffer, .. layers.Where(static layer => layer.Learns).Select(static layer => layer.Views.Output.Buffer).Reverse().Take(1)]
        : [];

    /// <summary>All buffers but the scratch of threads: their names, lengths and meanings.</summary>
    private List<(string Name, int Length, string Meaning)> Buffers()
    {
        int lanes = target.BatchLanes(spec.BatchSize);
        var buffers = new List<(string Name, int Length, string Meaning)>();
        var names = new HashSet<string>();
        if (views.InputInBlocks is { } input)
            Add(input, "inputs");
        foreach (LayerPlan layer in layers)
        {
            Add(layer.Views.Output, "outputs");
            if (Converted(layer) is { } converted)
                Add(converted, "outputs again");
            if (layer.SavedFrames is { } saved)
                Add(saved, "kept for the way back and the update");
            if (layer is { Views.IsOnTheWayBack: true, Saved: { } kept })
                Add(kept, "kept for the update");
            if (layer.Scratch is { } scratch)
                Add(scratch, "room for a step of the way back");
            if (layer.Statistics is { } statistics)
                AddFloats(statistics.Buffer, statistics.Length, "sums over the batch, five stretches of channels");
            if (layer.Views.Sums is { } sums)
                Add(sums, "sums before the activation");
        }

        // The scores lie beside their gradient, in the buffer that the gradient of the layer below will take.
        foreach (View gradient in layers.Where(static layer => layer.Views.IsOnTheWayBack).SelectMany(static layer => layer.GradientViews).Append(views.Scores))
            Add(gradient, "gradient");
        AddFloats(_rowLosses.Buffer, lanes, "one loss a sample");
        return buffers;

        void Add(View view, string what)
            => AddFloats(view.Buffer, checked(lanes * view.Stride), view.Form == SampleForm.Rows ? what + ", (samples, elements)" : what + ", (blocks, elements, samples of a block)");

        void AddFloats(string name, int length, string meaning)
        {
            if (names.Add(name))
                buffers.Add((name, length, meaning));
        }
    }
}
