using System.Globalization;
using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange;

/// <summary>In which order PyTorch has the elements of a network's values: images as (channels, rows, columns).</summary>
/// <remarks>
/// Elements of a vector are in another order than here where it was flattened from an image of several channels and
/// positions; the columns of a dense layer behind it, and what normalizes it, follow. Signals that come from a recurrent module, or
/// from a Linear over frames, are (frames, channels) in PyTorch too.
/// </remarks>
internal sealed class PyTorchOrder
{
    private readonly NetworkSpec _spec;
    private readonly int[]?[] _orders;

    /// <summary>Whether PyTorch has the channels of a layer's output last, as here.</summary>
    private readonly bool[] _isChannelsLast;

    /// <summary>Follows the values through a network.</summary>
    /// <param name="spec">The network.</param>
    /// <exception cref="StorageFormatException">PyTorch's layers of the same kind would compute something else.</exception>
    public PyTorchOrder(NetworkSpec spec)
    {
        _spec = spec;
        _orders = new int[]?[spec.Layers.Count];
        _isChannelsLast = new bool[spec.Layers.Count];
        for (int i = 0; i < _orders.Length; i++)
        {
            LayerSpec layer = spec.Layers[i];
            _orders[i] = OrderBehind(layer);
            _isChannelsLast[i] = layer is RecurrentSpec or DenseSpec || (layer is not (ConvSpec or ConvTransposeSpec or PoolSpec or ReshapeSpec) && IsChannelsLast(layer.Sources[0]));
        }
    }

    /// <summary>PyTorch's position of each element of the vector that a layer reads; null where it is the same, and for images.</summary>
    /// <param name="layer">The layer.</param>
    public int[]? Before(LayerSpec layer) => OrderOf(layer.Sources[0]);

    private bool IsChannelsLast(int source) => source >= 0 && _isChannelsLast[source];

    private int[]? OrderOf(int source) => source < 0 ? null : _orders[source];

    private int[]? OrderBehind(LayerSpec layer)
    {
        if (layer.IsView)
            return layer.Output.Rank == 1 ? OrderFlattened(layer) : RequireSame(layer);
        if (layer.Output.Rank > 1 || layer is DenseSpec or PoolSpec or RecurrentSpec)
            return null;
        if (layer is ConcatSpec)
            return OrderJoined(layer);

        int[]? order = Before(layer);
        return layer.Sources.All(source => IsSame(order, OrderOf(source))) ? order : throw Differs(layer, "reads vectors that were flattened in different orders");
    }

    private int[]? OrderFlattened(LayerSpec layer)
    {
        if (layer.Input.Rank == 1)
            return Before(layer);

        int channels = layer.Input.Channels, positions = layer.Input.Length / channels;
        return channels == 1 || positions == 1 || IsChannelsLast(layer.Sources[0])
            ? null
            : [.. Enumerable.Range(0, layer.Input.Length).Select(element => ((element % channels) * positions) + (element / channels))];
    }

    /// <summary>An image made of a vector, or of an image of other sides, has its elements where PyTorch has them only with one channel.</summary>
    private int[]? RequireSame(LayerSpec layer)
    {
        bool isSame = Before(layer) is null && layer.Output.Channels == 1 && (layer.Input.Rank == 1 || layer.Input.Channels == 1);
        return isSame || layer.Output == layer.Input ? null : throw Differs(layer, "orders the elements of an image otherwise");
    }

    private int[]? OrderJoined(LayerSpec layer)
    {
        if (layer.Sources.All(source => OrderOf(source) is null))
            return null;

        var order = new List<int>(layer.Output.Length);
        foreach (int source in layer.Sources)
        {
            int start = order.Count, length = source < 0 ? _spec.Input.Length : _spec.Layers[source].Output.Length;
            int[]? part = OrderOf(source);
            order.AddRange(Enumerable.Range(0, length).Select(element => start + (part is null ? element : part[element])));
        }

        return [.. order];
    }

    private static bool IsSame(int[]? left, int[]? right) => left is null ? right is null : right is not null && left.AsSpan().SequenceEqual(right);

    private static StorageFormatException Differs(LayerSpec layer, string problem)
        => new(string.Create(CultureInfo.InvariantCulture, $"layer {layer.Index}, {layer.Type}: PyTorch {problem}; its weights cannot be brought over"));
}
