using System.Collections.Immutable;
using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Tensors;

namespace NativeNet.Program.Interchange;

/// <summary>A tensor that PyTorch has of a layer.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Name">What PyTorch calls it within its module, without the number of a recurrent layer in it.</param>
/// <param name="Target">Which of the layer's tensors it is here, for people.</param>
/// <param name="Origin">What it holds when it is exported, for people.</param>
/// <param name="Shape">PyTorch's shape.</param>
/// <param name="Places">For each of its elements, the place among all elements of the layer; two tensors may share places, which then hold their sum.</param>
/// <param name="Change">What differs when it is imported, for people; empty where nothing does.</param>
internal sealed record PyTorchTensor(LayerSpec Layer, string Name, string Target, string Origin, ImmutableArray<int> Shape, int[] Places, string Change)
{
    /// <summary>The module in which a state dict is looked for and written: its layer's name, or <c>layers.I</c> after its position.</summary>
    public string Module => Layer.Name ?? TensorSlot.NameOf(Layer.Index, "")[..^1];

    /// <summary>What a state dict calls it: recurrent modules number their layers, of which each has one here.</summary>
    public string FullName => $"{Module}.{Name}{(Layer is RecurrentSpec ? "_l0" : "")}";

    /// <summary>Whether a module without it computes what it computes with zeros: PyTorch's option <c>bias=False</c>, which not every layer here has.</summary>
    public bool IsZeroWhereMissing => Layer is DenseSpec or RecurrentSpec && Name.StartsWith("bias", StringComparison.Ordinal);

    /// <summary>The tensors of a network, those of each layer together.</summary>
    /// <param name="spec">The network.</param>
    /// <exception cref="StorageFormatException">PyTorch's layers of the same kind would compute something else.</exception>
    public static IEnumerable<ImmutableArray<PyTorchTensor>> Of(NetworkSpec spec)
    {
        var order = new PyTorchOrder(spec);
        return spec.Layers.Where(static layer => layer.Parameters.Count > 0)
            .Select(layer => layer is RecurrentSpec recurrent ? Of(recurrent) : Of(layer, order.Before(layer)));
    }

    /// <summary>Adds its elements to those of the layer.</summary>
    /// <param name="theirs">The elements in PyTorch's order.</param>
    /// <param name="layer">The layer's elements in the order of files; −0, which adding changes nothing of, before the first tensor.</param>
    public void Import(ReadOnlySpan<float> theirs, Span<float> layer)
    {
        for (int i = 0; i < theirs.Length; i++)
            layer[Places[i]] += theirs[i];
    }

    /// <summary>Takes its elements out of those of the layer, so that another tensor of the same places gets zeros.</summary>
    /// <param name="layer">The layer's elements in the order of files.</param>
    /// <returns>The elements in PyTorch's order.</returns>
    public float[] Export(Span<float> layer)
    {
        float[] theirs = new float[Places.Length];
        for (int i = 0; i < theirs.Length; i++)
            (theirs[i], layer[Places[i]]) = (layer[Places[i]], 0);
        return theirs;
    }

    private static ImmutableArray<PyTorchTensor> Of(LayerSpec layer, int[]? inputs)
    {
        var tensors = ImmutableArray.CreateBuilder<PyTorchTensor>();
        int start = 0;
        foreach (ParameterSpec parameter in layer.Parameters)
        {
            tensors.Add(Of(layer, parameter, start, inputs));
            start += parameter.Count;
        }

        return tensors.ToImmutable();
    }

    private static PyTorchTensor Of(LayerSpec layer, ParameterSpec parameter, int start, int[]? inputs)
    {
        int[] sides = [.. parameter.Dimensions], places = [.. Enumerable.Range(start, parameter.Count)];
        ImmutableArray<int> shape = [.. sides];
        string change = "";
        if (sides.Length > 2 && layer is ConvTransposeSpec)
        {
            (shape, change) = ([sides[^1], sides[0], .. sides[1..^1]], "channels moved in front");
            places = Inverse(ChannelsFirst(sides), start);
        }
        else if (sides.Length > 2)
        {
            (shape, change) = ([sides[0], sides[^1], .. sides[1..^1]], "channels moved behind");
            places = Inverse(ChannelsLast(sides), start);
        }
        else if (inputs is not null && !(layer is DenseSpec && sides.Length == 1))
        {
            change = sides.Length == 2 ? "columns reordered as the image is flattened" : "reordered as the image is flattened";
            places = Inverse([.. places.Select((_, i) => i - (i % sides[^1]) + inputs[i % sides[^1]])], start);
        }

        // The slopes of PyTorch's PReLU are its weight.
        string name = layer is PReluSpec ? "weight" : parameter.Name, target = TensorSlot.NameOf(layer.Index, parameter.Name);
        return new PyTorchTensor(layer, name, target, $"{target} [{string.Join(", ", sides)}]", shape, places, change);
    }

    /// <summary>
    /// Gates are in the same order, but all of PyTorch's have two biases, which are one here: their sum. The second one of a gru's n
    /// stands inside the product with r, and by itself here too.
    /// </summary>
    private static ImmutableArray<PyTorchTensor> Of(RecurrentSpec layer)
    {
        ImmutableArray<PyTorchTensor> tensors = Of(layer, inputs: null);
        PyTorchTensor bias = tensors[2], second = bias with { Name = "bias_hh", Origin = "0", Change = "added" };
        if (layer.Kind == RecurrentKind.Gru)
        {
            PyTorchTensor ofN = tensors[3];
            second = second with
            {
                Places = [.. bias.Places[..^layer.Units], .. ofN.Places],
                Origin = $"0, and of n {ofN.Origin}",
                Change = $"added, but for n, of which it is {ofN.Origin}",
            };
        }

        return [tensors[0], tensors[1], bias with { Name = "bias_ih" }, second];
    }

    /// <summary>(filters, positions, channels) of a transposed convolution are (channels, filters, positions) there: PyTorch's place of each element.</summary>
    private static int[] ChannelsFirst(int[] sides)
    {
        int channels = sides[^1], filter = sides[1..^1].Aggregate(1, static (product, side) => product * side), all = sides[0] * filter;
        return [.. Enumerable.Range(0, all * channels).Select(i => (i % channels * all) + (i / channels))];
    }

    /// <summary>(filters, positions, channels) are (filters, channels, positions) there: PyTorch's place of each element.</summary>
    private static int[] ChannelsLast(int[] sides)
    {
        int channels = sides[^1], positions = sides[1..^1].Aggregate(1, static (product, side) => product * side), filter = channels * positions;
        return [.. Enumerable.Range(0, sides[0] * filter).Select(i => i - (i % filter) + (i % filter % channels * positions) + (i % filter / channels))];
    }

    private static int[] Inverse(int[] order, int start)
    {
        int[] places = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            places[order[i]] = start + i;
        return places;
    }
}
