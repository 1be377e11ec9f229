using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Decides for every layer which values it reads and writes in training, and how they lie.</summary>
/// <remarks>
/// A layer reads and writes its target's form; a value that is read in the other form is kept in both. Views of the file,
/// such as flatten, are no layers here: who reads one reads what it views.
/// </remarks>
internal sealed class ViewPlanner
{
    /// <summary>The buffers that the gradients of a chain of dense layers alternate between.</summary>
    private const string Front = "TransposedFront", Back = "TransposedBack";

    private readonly NetworkSpec _spec;
    private readonly Target _target;
    private readonly Dictionary<int, View> _incoming = [];
    private readonly bool _joinsInPlace;
    private readonly bool[] _learns;
    private readonly HashSet<int> _forwardOverRows;
    private readonly Dictionary<int, ActivationLayerSpec> _applied;

    /// <summary>Plans the values of a network.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="target">What code is made for.</param>
    /// <param name="joinsInPlace">
    /// Whether layers that are joined side by side may write into their joint place. For one sample they may not: vectors
    /// over channels reach behind a layer's last one.
    /// </param>
    public ViewPlanner(NetworkSpec spec, Target target, bool joinsInPlace = true)
    {
        _spec = spec;
        _target = target;
        _joinsInPlace = joinsInPlace;
        _learns = spec.FindLearning();
        _applied = target.IsVectorized ? FindApplied(spec) : [];
        Layers = [.. spec.Layers.Where(layer => !layer.IsView && !IsApplied(layer))];
        _forwardOverRows = target.IsVectorized ? [.. Layers.Where(GoesForwardOverRows).Select(static layer => layer.Index)] : [];
        Input = new View(Buffer.Inputs, Buffer.Inputs, SampleForm.Rows, spec.Input.Length, spec.Input.Length);
        InputInBlocks = IsRead(-1, SampleForm.Blocks)
            ? new View("InputBlocks", "InputBlocks", SampleForm.Blocks, spec.Input.Length, spec.Input.Length)
            : null;
        PlanGradients();
    }

    /// <summary>The layers that compute, in order; none is an activation that the layer before it applies.</summary>
    public IReadOnlyList<LayerSpec> Layers { get; }

    /// <summary>The network's input as the caller gives it.</summary>
    public View Input { get; }

    /// <summary>The same in blocks, where a layer reads that.</summary>
    public View? InputInBlocks { get; }

    /// <summary>The scores in the form of their gradient, for the loss: turned where the last layer has the other, into the buffer that its gradient has not.</summary>
    public View Scores
    {
        get
        {
            LayerSpec last = Layers[Layers.Count - 1];
            return _target.FormOf(last) == _target.GradientForm
                ? Outputs(last.Index, _target.GradientForm)
                : Alternating("Scores", Front, _spec.Output.Length);
        }
    }

    /// <summary>Room for one reader's share of a gradient that several readers add to.</summary>
    public View Share
    {
        get
        {
            int length = Layers.Max(static layer => layer.Input.Length);
            return new View("GradientShare", "GradientShare", _target.GradientForm, length, length);
        }
    }

    /// <summary>The layers whose outputs a layer reads, what is viewed in place of views; −1 is the network's input.</summary>
    public IEnumerable<int> SourcesOf(LayerSpec layer) => layer.Sources.Select(Resolve);

    /// <summary>The activation behind a layer that the layer applies itself, so that its values are read and written once; else none.</summary>
    public ActivationSpec AppliedBy(LayerSpec layer) => _applied.TryGetValue(layer.Index, out ActivationLayerSpec? own) ? own.Activation : default;

    /// <summary>Whether a pass forward reads a value in a form; the caller reads the last layer's outputs, in rows.</summary>
    /// <param name="value">The layer whose outputs they are; −1 is the network's input.</param>
    /// <param name="form">The form.</param>
    public bool IsReadForward(int value, SampleForm form)
        => (form == SampleForm.Rows && value == Layers[Layers.Count - 1].Index) || Layers.Any(layer => FormOf(layer) == form && SourcesOf(layer).Contains(value));

    /// <summary>What a layer reads and writes.</summary>
    public LayerViews ViewsOf(LayerSpec layer)
    {
        SampleForm form = FormOf(layer), other = form == SampleForm.Rows ? SampleForm.Blocks : SampleForm.Rows;
        return new LayerViews(
            new EquatableArray<View>([.. SourcesOf(layer).Select(source => Outputs(source, form))]),
            Outputs(layer.Index, form),
            IsRead(layer.Index, other) ? Outputs(layer.Index, other) : null,
            SumsOf(layer),
            _incoming[layer.Index],
            new EquatableArray<GradientTarget>([.. Targets(layer)]))
        {
            IsOnTheWayBack = _learns[layer.Index],
            IsTakenBack = TakenBackByReader(layer).Kind != ActivationKind.None,
            InputInBlocks = _forwardOverRows.Contains(layer.Index) ? Outputs(SourcesOf(layer).Single(), SampleForm.Blocks) : null,
        };
    }

    /// <summary>
    /// The activation of a layer that its reader takes back: for one sample, a dense layer that is the only reader has the output
    /// at hand while it writes the gradient into its place. Over a batch, tiles of inputs share what they load.
    /// </summary>
    private ActivationSpec TakenBackByReader(LayerSpec layer)
    {
        bool isOneSample = !_target.IsVectorized && _spec.BatchSize == 1;
        if (!isOneSample || layer is ActivationLayerSpec or not IActivatedLayer { Activation.DerivesFromSum: false })
            return default;

        LayerSpec[] readers = [.. Layers.SelectMany(reader => SourcesOf(reader).Where(source => source == layer.Index).Select(_ => reader))];
        return readers.Length == 1 && readers[0] is DenseSpec { IsOverFrames: false, Trainable: TrainableParts.All } ? ((IActivatedLayer)layer).Activation : default;
    }

    /// <summary>A layer that is nothing but an activation has its sums in its input; they are kept for a gradient that comes back.</summary>
    private View? SumsOf(LayerSpec layer)
    {
        if (!_learns[layer.Index] || layer is not IActivatedLayer { Activation.DerivesFromSum: true } or ActivationLayerSpec)
            return null;

        string name = LayerPlan.NameOf(layer) + "KeptSums";
        return Outputs(layer.Index, _target.FormOf(layer)) with { Value = name, Buffer = name };
    }

    private View Outputs(int layer, SampleForm form)
    {
        if (layer < 0)
            return form == SampleForm.Rows ? Input : InputInBlocks!;

        LayerSpec spec = _spec.Layers[layer];
        int length = spec.Output.Length;
        if (FindJoint(spec, form) is { } joint)
            return Part(Outputs(joint.Join.Index, form), length, joint.Offset);

        string name = LayerPlan.NameOf(spec) + (form == FormOf(spec) ? "Outputs" : form.ToString());
        return new View(name, name, form, length, form == SampleForm.Rows ? _target.RowStride(length) : length);
    }

    private static View Part(View whole, int length, int offset) => whole with { Length = length, Offset = whole.Offset + offset };

    /// <summary>Whether a value is read in a form at all: forward, or by sums over the batch and the way back.</summary>
    private bool IsRead(int value, SampleForm form)
        => IsReadForward(value, form) || (form == SampleForm.Blocks && Layers.Any(layer => _forwardOverRows.Contains(layer.Index) && SourcesOf(layer).Contains(value)));

    /// <summary>How a layer goes forward.</summary>
    private SampleForm FormOf(LayerSpec layer) => _forwardOverRows.Contains(layer.Index) ? SampleForm.Rows : _target.FormOf(layer);

    /// <summary>
    /// A batchNorm between dense layers normalizes the rows that the one has written and the other reads, in their place; its
    /// sums over the batch, and the way back, are over the blocks that gradients travel in. Vectors are over channels then,
    /// and must end where a row does.
    /// </summary>
    private bool GoesForwardOverRows(LayerSpec layer)
    {
        int[] sources = [.. SourcesOf(layer)];
        LayerSpec[] readers = [.. Layers.Where(reader => SourcesOf(reader).Contains(layer.Index))];
        return layer is BatchNormSpec { IsFixed: false, Output: { Positions: 1, Channels: var channels } } && channels % 4 == 0
            && sources[0] >= 0 && _target.FormOf(_spec.Layers[sources[0]]) == SampleForm.Rows
            && readers.Length > 0 && readers.All(reader => _target.FormOf(reader) == SampleForm.Rows);
    }

    private int Resolve(int layer)
    {
        while (layer >= 0 && (_spec.Layers[layer].IsView || IsApplied(_spec.Layers[layer])))
            layer = _spec.Layers[layer].Sources[0];
        return layer;
    }

    private bool IsApplied(LayerSpec layer) => layer is ActivationLayerSpec && _applied.ContainsValue((ActivationLayerSpec)layer);

    /// <summary>
    /// The activations that a batchNorm applies: behind every pass over its values another one takes as long as the first. That
    /// of relu is its sign again, on the way back too, and short enough for the same loop; batchNorm's own sums are computed
    /// again from what it read. By running averages it waits for no sums, and its biases alone may be updated from its gradient.
    /// </summary>
    private static Dictionary<int, ActivationLayerSpec> FindApplied(NetworkSpec spec)
    {
        var readers = spec.Layers.SelectMany(static layer => layer.Sources, static (layer, source) => (layer, source)).ToLookup(static pair => pair.source, static pair => pair.layer);
        return spec.Layers
            .OfType<BatchNormSpec>()
            .Where(layer => !layer.IsFixed && readers[layer.Index].Count() == 1)
            .Select(layer => (layer.Index, Reader: readers[layer.Index].Single() as ActivationLayerSpec))
            .Where(static pair => pair.Reader?.Activation.Kind == ActivationKind.Relu)
            .ToDictionary(static pair => pair.Index, static pair => pair.Reader!);
    }

    /// <summary>
    /// The layer side by side with others in whose place a layer's outputs can be written, and the elements in front of them:
    /// it must be the only reader, in its own form, and a sample one position, so that a layer's channels lie together. Vector
    /// kernels sum parameter gradients from values without gaps, so that a layer with parameters keeps its own place, but
    /// for dense layers, whose outputs are turned into the other form anyway.
    /// </summary>
    private (ConcatSpec Join, int Offset)? FindJoint(LayerSpec layer, SampleForm form)
    {
        bool isTurned = form != _target.FormOf(layer);
        bool hasGaps = _target.IsVectorized && layer.Parameters.Count > 0 && !isTurned;
        if (!_joinsInPlace || layer.Output.Positions > 1 || hasGaps)
            return null;

        LayerSpec[] readers = [.. Layers.Where(reader => SourcesOf(reader).Contains(layer.Index))];
        if (readers.Length != 1 || readers[0] is not ConcatSpec join || _target.FormOf(join) != form)
            return null;

        int[] sources = [.. SourcesOf(join)];
        int place = Array.IndexOf(sources, layer.Index);
        return sources.Count(source => source == layer.Index) == 1 ? (join, join.Parts.Take(place).Sum()) : null;
    }

    /// <summary>
    /// In a chain of dense layers a gradient is needed for a moment only, from the layer behind to the layer itself, and
    /// alternates between two buffers; all others are what parameter gradients are computed from, or are added to, and stay.
    /// </summary>
    private void PlanGradients()
    {
        string next = Back;
        for (int i = Layers.Count - 1; i >= 0; i--)
        {
            LayerSpec layer = Layers[i];
            string name = LayerPlan.NameOf(layer);
            if (_target.FormOf(layer) == _target.GradientForm && FindJoint(layer, _target.GradientForm) is { } joint)
            {
                _incoming[layer.Index] = Part(_incoming[joint.Join.Index], layer.Output.Length, joint.Offset);
                continue;
            }

            if (IsOverRows(layer) && IsReadByNextAlone(i))
            {
                _incoming[layer.Index] = Alternating(name + "Incoming", next, layer.Output.Length);
                next = next == Back ? Front : Back;
                continue;
            }

            name += IsOverRows(layer) ? "Incoming" : "Gradient";
            int length = layer.Output.Length;
            _incoming[layer.Index] = new View(name, name, _target.GradientForm, length, IsOverRows(layer) ? _target.PaddedLength(length) : length);
        }
    }

    /// <summary>Whether a layer takes rows where gradients travel in blocks: a dense layer, which turns them.</summary>
    private bool IsOverRows(LayerSpec layer) => _target.FormOf(layer) != _target.GradientForm;

    /// <summary>Whether nobody but the layer behind reads the outputs; nobody but the loss reads the last one's.</summary>
    private bool IsReadByNextAlone(int place)
    {
        int readers = Layers.Sum(reader => SourcesOf(reader).Count(source => source == Layers[place].Index));
        return place == Layers.Count - 1
            ? readers == 0
            : readers == 1 && SourcesOf(Layers[place + 1]).Contains(Layers[place].Index);
    }

    private View Alternating(string value, string buffer, int length) => new(
        value, buffer, SampleForm.Blocks, length, Layers.Where(IsOverRows).Max(layer => _target.PaddedLength(layer.Output.Length)));

    private IEnumerable<GradientTarget> Targets(LayerSpec layer)
    {
        var written = new HashSet<int>(Layers.Where(later => later.Index > layer.Index).SelectMany(SourcesOf));
        foreach (int source in SourcesOf(layer))
            yield return source < 0 || !_learns[source] ? default : new GradientTarget(_incoming[source], Adds: !written.Add(source)) { TakenBack = TakenBackByReader(_spec.Layers[source]) };
    }
}
