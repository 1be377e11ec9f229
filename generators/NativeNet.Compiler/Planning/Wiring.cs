using NativeNet.Description;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Planning;

/// <summary>Finds for every layer where it reads and writes, and in which form.</summary>
/// <remarks>
/// Dense layers read and write samples in rows, all others in blocks; a value that is read in the other form is kept in
/// both. Gradients travel in blocks, whatever the layers. Views, such as flatten, are not layers here: who reads one reads
/// what it views.
/// </remarks>
internal sealed class Wiring
{
    /// <summary>The buffers that the gradients of dense layers alternate between.</summary>
    public const string TransposedFront = "TransposedFront", TransposedBack = "TransposedBack";

    /// <summary>Floats behind one sample's value that the last vector over its channels may reach.</summary>
    public const int Overhang = ParameterLayout.Alignment;

    /// <summary>
    /// Rows 2 KB apart fall into two sets of a first-level cache and evict each other (6 to 7 % of a weight gradient);
    /// another 16 floats spread them.
    /// </summary>
    private const int BadStride = 512;

    private readonly NetworkSpec _spec;
    private readonly Dictionary<int, Value> _incoming = [];

    public Wiring(NetworkSpec spec)
    {
        _spec = spec;
        Layers = [.. spec.Layers.Where(static layer => !layer.IsView)];
        Input = new Value("", -1, SampleForm.Rows, spec.Input.Length);
        InputInBlocks = IsRead(-1, SampleForm.Blocks) ? new Value("InputBlocks", -1, SampleForm.Blocks, spec.Input.Length) : null;
        PlanGradients();
    }

    /// <summary>The layers that compute, in order.</summary>
    public IReadOnlyList<LayerSpec> Layers { get; }

    /// <summary>The network's input as the caller gives it.</summary>
    public Value Input { get; }

    /// <summary>The same in blocks, where a layer reads that.</summary>
    public Value? InputInBlocks { get; }

    /// <summary>The scores in blocks.</summary>
    public Value Scores => Transposed(TransposedFront);

    /// <summary>Room for one layer's share of a gradient.</summary>
    public Value Share => new("GradientShare", -1, SampleForm.Blocks, Layers.Max(static layer => layer.Input.Length));

    /// <summary>The wires of a layer.</summary>
    public LayerWires Wires(LayerSpec layer)
    {
        SampleForm form = FormOf(layer), other = form == SampleForm.Rows ? SampleForm.Blocks : SampleForm.Rows;
        return new LayerWires(
            new EquatableArray<Value>([.. Sources(layer).Select(source => ValueOf(source, form))]),
            ValueOf(layer.Index, form),
            IsRead(layer.Index, other) ? ValueOf(layer.Index, other) : null,
            SumsOf(layer),
            _incoming[layer.Index],
            new EquatableArray<GradientTarget>([.. Targets(layer)]));
    }

    /// <summary>A layer that is nothing but an activation has its sums in its input.</summary>
    private Value? SumsOf(LayerSpec layer)
        => layer is IActivatedLayer { Activation.DerivesFromSum: true } and not ActivationLayerSpec
            ? ValueOf(layer.Index, FormOf(layer)) with { Name = LayerPlan.NameOf(layer) + "KeptSums" }
            : null;

    private static SampleForm FormOf(LayerSpec layer) => layer is DenseSpec ? SampleForm.Rows : SampleForm.Blocks;

    private Value ValueOf(int layer, SampleForm form)
    {
        if (layer < 0)
            return form == SampleForm.Rows ? Input : InputInBlocks!;

        LayerSpec spec = _spec.Layers[layer];
        string name = LayerPlan.NameOf(spec) + (form == FormOf(spec) ? "Outputs" : form.ToString());
        return new Value(name, layer, form, form == SampleForm.Rows ? RowStride(spec.Output.Length) : spec.Output.Length);
    }

    /// <summary>Padded as the columns of a matrix are, which is what dense layers write.</summary>
    private static int RowStride(int length)
    {
        int padded = new PanelMatrix(1, length, ParameterLayout.PanelWidth).PaddedColumns;
        return padded % BadStride == 0 ? padded + 16 : padded;
    }

    private bool IsRead(int value, SampleForm form)
        => Layers.Any(layer => FormOf(layer) == form && Sources(layer).Contains(value));

    private IEnumerable<int> Sources(LayerSpec layer) => layer.Sources.Select(Resolve);

    private int Resolve(int layer)
    {
        while (layer >= 0 && _spec.Layers[layer].IsView)
            layer = _spec.Layers[layer].Sources[0];
        return layer;
    }

    /// <summary>
    /// A dense layer's incoming gradient is needed for a moment only and alternates between two buffers, unless several
    /// layers add to it; the others' are what their own gradients are computed from, and stay.
    /// </summary>
    private void PlanGradients()
    {
        string next = TransposedBack;
        foreach (LayerSpec layer in Layers.Reverse())
        {
            if (layer is DenseSpec && Layers.Count(reader => Sources(reader).Contains(layer.Index)) <= 1)
            {
                _incoming[layer.Index] = Transposed(next);
                next = next == TransposedBack ? TransposedFront : TransposedBack;
            }
            else
            {
                string name = LayerPlan.NameOf(layer) + (layer is DenseSpec ? "Incoming" : "Gradient");
                int stride = layer is DenseSpec ? new PanelMatrix(1, layer.Output.Length, ParameterLayout.PanelWidth).PaddedColumns : layer.Output.Length;
                _incoming[layer.Index] = new Value(name, layer.Index, SampleForm.Blocks, stride);
            }
        }
    }

    private Value Transposed(string name) => new(
        name, -1, SampleForm.Blocks, Layers.OfType<DenseSpec>().Max(static dense => new PanelMatrix(1, dense.Units, ParameterLayout.PanelWidth).PaddedColumns));

    private IEnumerable<GradientTarget> Targets(LayerSpec layer)
    {
        var written = new HashSet<int>(Layers.Where(later => later.Index > layer.Index).SelectMany(Sources));
        foreach (int source in Sources(layer))
            yield return source < 0 ? default : new GradientTarget(_incoming[source], Adds: !written.Add(source));
    }
}
