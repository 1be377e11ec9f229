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

    public ViewPlanner(NetworkSpec spec, Target target)
    {
        _spec = spec;
        _target = target;
        Layers = [.. spec.Layers.Where(static layer => !layer.IsView)];
        Input = new View(Buffer.Inputs, Buffer.Inputs, SampleForm.Rows, spec.Input.Length, spec.Input.Length);
        InputInBlocks = IsRead(-1, SampleForm.Blocks)
            ? new View("InputBlocks", "InputBlocks", SampleForm.Blocks, spec.Input.Length, spec.Input.Length)
            : null;
        PlanGradients();
    }

    /// <summary>The layers that compute, in order.</summary>
    public IReadOnlyList<LayerSpec> Layers { get; }

    /// <summary>The network's input as the caller gives it.</summary>
    public View Input { get; }

    /// <summary>The same in blocks, where a layer reads that.</summary>
    public View? InputInBlocks { get; }

    /// <summary>The scores in the form of their gradient, for the loss: where there is one of two buffers, in that of the other.</summary>
    public View Scores => _target.IsVectorized ? Alternating("Scores", Front, _spec.Output.Length) : Outputs(Layers[Layers.Count - 1].Index, SampleForm.Rows);

    /// <summary>Room for one reader's share of a gradient that several readers add to.</summary>
    public View Share
    {
        get
        {
            int length = Layers.Max(static layer => layer.Input.Length);
            return new View("GradientShare", "GradientShare", _target.GradientForm, length, length);
        }
    }

    /// <summary>What a layer reads and writes.</summary>
    public LayerViews ViewsOf(LayerSpec layer)
    {
        SampleForm form = _target.FormOf(layer), other = form == SampleForm.Rows ? SampleForm.Blocks : SampleForm.Rows;
        return new LayerViews(
            new EquatableArray<View>([.. Sources(layer).Select(source => Outputs(source, form))]),
            Outputs(layer.Index, form),
            IsRead(layer.Index, other) ? Outputs(layer.Index, other) : null,
            SumsOf(layer),
            _incoming[layer.Index],
            new EquatableArray<GradientTarget>([.. Targets(layer)]));
    }

    /// <summary>A layer that is nothing but an activation has its sums in its input.</summary>
    private View? SumsOf(LayerSpec layer)
    {
        if (layer is not IActivatedLayer { Activation.DerivesFromSum: true } or ActivationLayerSpec)
            return null;

        string name = LayerPlan.NameOf(layer) + "KeptSums";
        return Outputs(layer.Index, _target.FormOf(layer)) with { Value = name, Buffer = name };
    }

    private View Outputs(int layer, SampleForm form)
    {
        if (layer < 0)
            return form == SampleForm.Rows ? Input : InputInBlocks!;

        LayerSpec spec = _spec.Layers[layer];
        string name = LayerPlan.NameOf(spec) + (form == _target.FormOf(spec) ? "Outputs" : form.ToString());
        int length = spec.Output.Length;
        return new View(name, name, form, length, form == SampleForm.Rows ? _target.RowStride(length) : length);
    }

    private bool IsRead(int value, SampleForm form)
        => Layers.Any(layer => _target.FormOf(layer) == form && Sources(layer).Contains(value));

    private IEnumerable<int> Sources(LayerSpec layer) => layer.Sources.Select(Resolve);

    private int Resolve(int layer)
    {
        while (layer >= 0 && _spec.Layers[layer].IsView)
            layer = _spec.Layers[layer].Sources[0];
        return layer;
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
            if (_target.IsVectorized && layer is DenseSpec && IsReadByNextAlone(i))
            {
                _incoming[layer.Index] = Alternating(name + "Incoming", next, layer.Output.Length);
                next = next == Back ? Front : Back;
                continue;
            }

            name += layer is DenseSpec && _target.IsVectorized ? "Incoming" : "Gradient";
            int length = layer.Output.Length;
            _incoming[layer.Index] = new View(name, name, _target.GradientForm, length, layer is DenseSpec ? _target.PaddedLength(length) : length);
        }
    }

    /// <summary>Whether nobody but the layer behind reads the outputs; nobody but the loss reads the last one's.</summary>
    private bool IsReadByNextAlone(int place)
    {
        int readers = Layers.Sum(reader => Sources(reader).Count(source => source == Layers[place].Index));
        return place == Layers.Count - 1
            ? readers == 0
            : readers == 1 && Sources(Layers[place + 1]).Contains(Layers[place].Index);
    }

    private View Alternating(string value, string buffer, int length) => new(
        value, buffer, SampleForm.Blocks, length, Layers.OfType<DenseSpec>().Max(dense => _target.PaddedLength(dense.Units)));

    private IEnumerable<GradientTarget> Targets(LayerSpec layer)
    {
        var written = new HashSet<int>(Layers.Where(later => later.Index > layer.Index).SelectMany(Sources));
        foreach (int source in Sources(layer))
            yield return source < 0 ? default : new GradientTarget(_incoming[source], Adds: !written.Add(source));
    }
}
