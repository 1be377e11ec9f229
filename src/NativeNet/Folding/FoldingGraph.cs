using NativeNet.Description;

namespace NativeNet.Folding;

/// <summary>The layers of a network while some of them are taken out.</summary>
/// <remarks>Positions are those of the network's file until <see cref="Build"/> numbers what is left anew.</remarks>
internal sealed class FoldingGraph
{
    private readonly NetworkSpec _spec;
    private readonly LayerSpec?[] _layers;

    /// <summary>Begins with every layer.</summary>
    /// <param name="spec">The network.</param>
    public FoldingGraph(NetworkSpec spec)
    {
        _spec = spec;
        _layers = [.. spec.Layers];
    }

    /// <summary>A layer, or null where it was taken out.</summary>
    /// <param name="index">Its position.</param>
    public LayerSpec? this[int index] => _layers[index];

    /// <summary>The layer that puts out what a layer's readers now get: itself, or what stands for it; −1 is the network's input.</summary>
    /// <param name="index">A position, or −1.</param>
    public int Resolve(int index)
    {
        while (index >= 0 && _layers[index] is null)
            index = _spec.Layers[index].Sources[0];
        return index;
    }

    /// <summary>Whether nothing but one layer reads another.</summary>
    /// <param name="reader">The position of the one.</param>
    /// <param name="index">The position of the other.</param>
    public bool IsOnlyReader(int reader, int index)
        => _layers.All(layer => layer is null || layer.Index == reader || layer.Sources.All(source => Resolve(source) != index));

    /// <summary>Puts a changed layer in the place of the one at its position.</summary>
    /// <param name="layer">The layer.</param>
    public void Replace(LayerSpec layer) => _layers[layer.Index] = layer;

    /// <summary>Takes a layer out; who read it reads what it has read.</summary>
    /// <remarks>That layer takes its name where it has none: readers further on need one to speak of it.</remarks>
    /// <param name="index">The position of a layer that reads one other.</param>
    public void Remove(int index)
    {
        string? name = _layers[index]!.Name;
        _layers[index] = null;
        int source = Resolve(index);
        if (source >= 0 && _layers[source] is { Name: null } before)
            _layers[source] = before with { Name = name };
    }

    /// <summary>The network of the layers that are left, numbered anew, and the position that each had.</summary>
    public (NetworkSpec Spec, int[] Origins) Build()
    {
        LayerSpec[] left = [.. _layers.OfType<LayerSpec>()];
        int[] origins = [.. left.Select(static layer => layer.Index)];
        EquatableArray<LayerSpec> layers = new([.. left.Select((layer, index) => layer with
        {
            Index = index,
            Sources = new EquatableArray<int>([.. layer.Sources.Select(source => Array.IndexOf(origins, Resolve(source)))]),
        })]);
        return (_spec with { Layers = layers }, origins);
    }
}
