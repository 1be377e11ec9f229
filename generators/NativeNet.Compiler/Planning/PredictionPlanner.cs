using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Plans predictions: of one sample, and of one block of samples. A value's place is free after its last reader.</summary>
/// <param name="spec">The network.</param>
/// <param name="target">What code is made for.</param>
/// <param name="views">The network's values in training.</param>
/// <param name="layers">The layers that compute.</param>
internal sealed class PredictionPlanner(NetworkSpec spec, Target target, ViewPlanner views, EquatableArray<LayerPlan> layers)
{
    /// <summary>What the names of buffers begin with where they hold one sample.</summary>
    public const string SinglePrefix = "Single";

    /// <summary>What the names of buffers begin with where they hold a block of samples.</summary>
    public const string BatchPrefix = "Batch";

    /// <summary>The copy of one sample's inputs.</summary>
    private const string SingleInput = "SingleInput";

    private readonly int _block = target.BlockSize(spec);

    /// <summary>One sample on its way; it has one form only.</summary>
    /// <param name="prefix">What the names of buffers begin with.</param>
    public Procedure PlanSingle(string prefix = SinglePrefix)
    {
        // Vectors over the channels of a sample reach behind its last one, which only a copy of the input has room for.
        View input = views.Input;
        var calls = new List<Call>();
        var apart = new ViewPlanner(spec, target, joinsInPlace: false);
        if (views.InputInBlocks is not null && layers.Any(layer => !layer.ReadsInputsAlone && apart.SourcesOf(layer.Spec).Any(static source => source < 0)))
        {
            input = new View(SingleInput, prefix + "Input", SampleForm.Rows, input.Length, input.Stride);
            calls.Add(new Call(new Op(OpKind.Copy), new([views.Input]), new([input])));
        }

        Dictionary<int, View> outputs = apart.Layers.ToDictionary(static layer => layer.Index, layer => Single(apart.ViewsOf(layer).Output));
        foreach (LayerPlan layer in layers)
        {
            IEnumerable<View> sources = apart.SourcesOf(layer.Spec).Select(source => source < 0 ? input : outputs[source]);
            calls.Add(new Call(new Op(OpKind.Forward, layer.Spec), new([.. sources, .. layer.ParameterViews]), WithScratch(layer, outputs[layer.Spec.Index], Single)));
        }

        return Build(calls, outputs[layers[layers.Count - 1].Spec.Index], static view => view.Stride, RoomBehind);

        View Single(View output) => output with { Buffer = prefix + output.Buffer, Form = SampleForm.Rows };
    }

    /// <summary>One block of samples on its way.</summary>
    public Procedure PlanBatch()
    {
        var calls = new List<Call>();
        if (views.InputInBlocks is { } input)
            calls.Add(Conversion(views.Input, input, Batch));
        foreach (LayerPlan layer in layers)
        {
            if (layer.NeedsForward)
                calls.Add(Forward(layer, Batch));
            if (layer.Views.Converted is { } converted && views.IsReadForward(layer.Spec.Index, converted.Form))
                calls.Add(Conversion(layer.Views.Output, converted, Batch));
        }

        LayerViews last = layers[layers.Count - 1].Views;
        return Build(calls, Batch(last.Output.Form == SampleForm.Rows ? last.Output : last.Converted!), view => checked(_block * view.Stride), static _ => 0);

        static View Batch(View view) => view.IsInput ? view : view with { Buffer = BatchPrefix + view.Buffer };
    }

    private static Call Forward(LayerPlan layer, Func<View, View> place) => new(
        new Op(OpKind.Forward, layer.Spec),
        new([.. layer.Views.Inputs.Select(place), .. layer.ParameterViews]),
        WithScratch(layer, place(layer.Views.Output), place));

    private static EquatableArray<View> WithScratch(LayerPlan layer, View output, Func<View, View> place)
        => new(layer.Scratch is { } scratch ? [output, place(scratch)] : [output]);

    private static Call Conversion(View from, View to, Func<View, View> place)
        => new(new Op(OpKind.Copy), new([place(from)]), new([place(to)]));

    /// <summary>Ends the calls with that which hands the scores out, and places what they write.</summary>
    private Procedure Build(List<Call> calls, View scores, Func<View, int> length, Func<View, int> room)
    {
        var result = new View(Buffer.Scores, Buffer.Scores, SampleForm.Rows, scores.Length, scores.Length);
        calls.Add(new Call(new Op(OpKind.Copy), new([scores]), new([result])));

        var timeline = new Timeline(calls, isShared: false, kept: []);
        var workspace = new WorkspaceBuilder(target, timeline.Between);
        var placed = new HashSet<string>();
        for (int i = 0; i < calls.Count - 1; i++)
        {
            foreach (View written in calls[i].Writes.Where(view => placed.Add(view.Buffer)))
            {
                string meaning = written == calls[i].Writes[0] ? Meaning(written, calls[i].Op) : "room for a step";
                workspace.Add(written.Buffer, checked(length(written) + room(written)), meaning);
            }
        }

        return new Procedure(workspace.Build(), new([.. calls]));
    }

    private string Meaning(View view, Op op) => op.Layer is null
        ? view.Value == SingleInput ? "inputs, with room for whole vectors behind them" : layers.Any(layer => layer.Views.Converted?.Value == view.Value) ? "outputs again" : "inputs"
        : "outputs";

    private int RoomBehind(View view)
    {
        LayerPlan? producer = layers.FirstOrDefault(layer => LayerPlan.NameOf(layer.Spec) + "Outputs" == view.Value);
        bool isInBlocks = producer is null || target.FormOf(producer.Spec) == SampleForm.Blocks || producer.Views.Converted is not null;
        return isInBlocks ? target.Overhang : 0;
    }
}
