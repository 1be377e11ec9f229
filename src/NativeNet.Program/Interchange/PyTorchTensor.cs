using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Tensors;

namespace NativeNet.Program.Interchange;

/// <summary>A tensor of a network as PyTorch has it.</summary>
/// <param name="Name">Its name here.</param>
/// <param name="Layer">The layer that keeps it.</param>
/// <param name="Parameter">The tensor.</param>
/// <param name="Shape">PyTorch's shape.</param>
/// <param name="Order">PyTorch's position of each element; null where it is the same.</param>
/// <param name="Change">What differs, for people; empty where nothing does.</param>
internal sealed record PyTorchTensor(string Name, LayerSpec Layer, ParameterSpec Parameter, ImmutableArray<int> Shape, int[]? Order, string Change)
{
    /// <summary>What PyTorch calls it within its module: the slopes of PReLU are its <c>weight</c>.</summary>
    public string TheirName => Layer is PReluSpec ? "weight" : Parameter.Name;

    /// <summary>The module in which a state dict is looked for and written: its layer's name, or <c>layers.I</c> after its position.</summary>
    public string Module => Layer.Name ?? string.Create(CultureInfo.InvariantCulture, $"layers.{Layer.Index}");

    /// <summary>The tensors of a network, layer by layer.</summary>
    /// <param name="spec">The network.</param>
    public static IEnumerable<PyTorchTensor> Of(NetworkSpec spec)
    {
        var order = new PyTorchOrder(spec);
        foreach (LayerSpec layer in spec.Layers)
        {
            if (layer is RecurrentSpec)
                throw new StorageFormatException(string.Create(CultureInfo.InvariantCulture, $"layer {layer.Index}, {layer.Type}: PyTorch has gates and biases of its own for it, which are not brought over yet"));

            foreach (ParameterSpec parameter in layer.Parameters)
                yield return Of(layer, parameter, order.Before(layer));
        }
    }

    /// <summary>Brings values into the order of this tensor.</summary>
    /// <param name="theirs">The elements in PyTorch's order.</param>
    /// <param name="ours">The elements in the order of files.</param>
    public void Import(ReadOnlySpan<float> theirs, Span<float> ours)
    {
        for (int i = 0; i < ours.Length; i++)
            ours[i] = theirs[Order is null ? i : Order[i]];
    }

    /// <summary>Brings values into PyTorch's order.</summary>
    /// <param name="ours">The elements in the order of files.</param>
    /// <param name="theirs">The elements in PyTorch's order.</param>
    public void Export(ReadOnlySpan<float> ours, Span<float> theirs)
    {
        for (int i = 0; i < ours.Length; i++)
            theirs[Order is null ? i : Order[i]] = ours[i];
    }

    private static PyTorchTensor Of(LayerSpec layer, ParameterSpec parameter, int[]? inputs)
    {
        string name = TensorSlot.NameOf(layer.Index, parameter.Name);
        int[] sides = [.. parameter.Dimensions];
        if (sides.Length > 2 && layer is ConvTransposeSpec)
            return new PyTorchTensor(name, layer, parameter, [sides[^1], sides[0], .. sides[1..^1]], ChannelsFirst(sides), "channels moved in front");
        if (sides.Length > 2)
            return new PyTorchTensor(name, layer, parameter, [sides[0], sides[^1], .. sides[1..^1]], ChannelsLast(sides), "channels moved behind");
        if (inputs is null || (sides.Length == 1 && parameter.Name == "bias" && layer is DenseSpec))
            return new PyTorchTensor(name, layer, parameter, [.. sides], null, "");

        int columns = sides[^1];
        int[] order = [.. Enumerable.Range(0, parameter.Count).Select(i => i - (i % columns) + inputs[i % columns])];
        return new PyTorchTensor(name, layer, parameter, [.. sides], order, sides.Length == 2 ? "columns reordered as the image is flattened" : "reordered as the image is flattened");
    }

    /// <summary>(filters, positions, channels) of a transposed convolution are (channels, filters, positions) there.</summary>
    private static int[] ChannelsFirst(int[] sides)
    {
        int channels = sides[^1], filter = sides[1..^1].Aggregate(1, static (product, side) => product * side), all = sides[0] * filter;
        return [.. Enumerable.Range(0, all * channels).Select(i => (i % channels * all) + (i / channels))];
    }

    /// <summary>(filters, positions, channels) are (filters, channels, positions) there.</summary>
    private static int[] ChannelsLast(int[] sides)
    {
        int channels = sides[^1], positions = sides[1..^1].Aggregate(1, static (product, side) => product * side), filter = channels * positions;
        return [.. Enumerable.Range(0, sides[0] * filter).Select(i => i - (i % filter) + (i % filter % channels * positions) + (i % filter / channels))];
    }
}
