using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>Writes a network and its weights as an ONNX graph that predicts.</summary>
/// <remarks>
/// ONNX computes on images of (samples, channels, rows, columns), layers here on (samples, rows, columns, channels). Every value is
/// known in one of the two forms and brought into the other where a node needs it.
/// </remarks>
internal sealed class OnnxExport
{
    /// <summary>The first version with LayerNormalization.</summary>
    private const int Opset = 17;

    private const string InputName = "input", OutputName = "output";

    private readonly NetworkSpec _spec;
    private readonly Dictionary<int, string> _channelsFirst = [];
    private readonly Dictionary<int, string> _channelsLast = [];
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _initializers = [];
    private readonly Dictionary<string, float[]> _tensors = new(StringComparer.Ordinal);

    private OnnxExport(NetworkSpec spec, ReadOnlySpan<float> parameters)
    {
        _spec = spec;
        foreach (LayerSpec layer in spec.Layers)
        {
            foreach (ParameterSpec parameter in layer.Parameters)
            {
                _tensors[Tensors.TensorSlot.NameOf(layer.Index, parameter.Name)] = parameters[..parameter.Count].ToArray();
                parameters = parameters[parameter.Count..];
            }
        }
    }

    /// <summary>Makes a graph of a network.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="parameters">All parameters, row-major, the tensors one behind the other.</param>
    /// <param name="isChannelsFirst">Whether images enter and leave as (samples, channels, rows, columns), not channels last.</param>
    /// <exception cref="Storage.StorageFormatException">A layer has no operator.</exception>
    public static OnnxModel Of(NetworkSpec spec, ReadOnlySpan<float> parameters, bool isChannelsFirst)
    {
        var export = new OnnxExport(spec, parameters);
        (isChannelsFirst ? export._channelsFirst : export._channelsLast)[-1] = InputName;
        foreach (LayerSpec layer in spec.Layers)
            OnnxLayerTable.Export(export, layer);

        int last = spec.Layers.Count - 1;
        export.Node("Identity", isChannelsFirst ? export.ChannelsFirst(last) : export.ChannelsLast(last), OutputName);
        return new OnnxModel(
            Opset, [.. export._nodes], [.. export._initializers],
            [Value(InputName, spec.Input, isChannelsFirst)], [Value(OutputName, spec.Output, isChannelsFirst)]);
    }

    /// <summary>What a layer gives, with channels before positions.</summary>
    /// <param name="source">The layer; −1 is the network's input.</param>
    public string ChannelsFirst(int source) => Form(source, _channelsFirst, _channelsLast, static rank => [0, rank, .. Enumerable.Range(1, rank - 1).Select(static axis => (long)axis)], "first");

    /// <summary>What a layer gives, with channels behind positions, as it lies here.</summary>
    /// <param name="source">The layer; −1 is the network's input.</param>
    public string ChannelsLast(int source) => Form(source, _channelsLast, _channelsFirst, static rank => [0, .. Enumerable.Range(2, rank - 1).Select(static axis => (long)axis), 1], "last");

    /// <summary>Whether a value is known with channels before positions, so that a node that takes both needs no other.</summary>
    /// <param name="source">The layer; −1 is the network's input.</param>
    public bool IsChannelsFirst(int source) => _channelsFirst.ContainsKey(source);

    /// <summary>Says what a layer gives.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="value">The value.</param>
    /// <param name="isChannelsFirst">Its form.</param>
    public void Set(LayerSpec layer, string value, bool isChannelsFirst) => (isChannelsFirst ? _channelsFirst : _channelsLast)[layer.Index] = value;

    /// <summary>Adds a node for a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="type">The operator.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>What it gives.</returns>
    public string Node(LayerSpec layer, string type, IEnumerable<string> inputs, params ReadOnlySpan<OnnxAttribute> attributes)
        => Node(layer, type, 0, inputs, attributes);

    /// <summary>Adds a node of which another output than the first is read.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="type">The operator.</param>
    /// <param name="output">The position of the output.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>What it gives there.</returns>
    public string Node(LayerSpec layer, string type, int output, IEnumerable<string> inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{layer.Name ?? NameOf(layer)}/{type}{_nodes.Count}");
        string value = string.Create(CultureInfo.InvariantCulture, $"{NameOf(layer)}/{type}{_nodes.Count}");
        _nodes.Add(new OnnxNode(name, type, "", [.. inputs], [.. Enumerable.Repeat("", output), value], [.. attributes]));
        return value;
    }

    /// <summary>The elements of a layer's tensor in the order of files.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The tensor's name within the layer.</param>
    public ReadOnlySpan<float> Values(LayerSpec layer, string name) => _tensors[Tensors.TensorSlot.NameOf(layer.Index, name)];

    /// <summary>Adds a tensor of a layer, in the order that the operator wants.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">The tensor's name within the layer.</param>
    /// <param name="shape">The shape there; that of files where it is left out.</param>
    /// <param name="order">For each element there its position in files; null where it is the same.</param>
    public string Tensor(LayerSpec layer, string name, ImmutableArray<int>? shape = null, Func<int, int>? order = null)
    {
        ParameterSpec parameter = layer.Parameters.First(each => each.Name == name);
        string full = Tensors.TensorSlot.NameOf(layer.Index, name);
        float[] values = _tensors[full];
        if (order is not null)
            values = [.. Enumerable.Range(0, values.Length).Select(i => values[order(i)])];
        _initializers.Add(OnnxWriter.Floats(full, shape ?? [.. parameter.Dimensions], values));
        return full;
    }

    /// <summary>Adds numbers that a layer's nodes need.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">What they are.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="values">The numbers.</param>
    public string Numbers(LayerSpec layer, string name, ImmutableArray<int> shape, params ReadOnlySpan<float> values)
        => Add(OnnxWriter.Floats($"{NameOf(layer)}/{name}", shape, values));

    /// <summary>Adds a number that a layer's nodes need.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">What it is.</param>
    /// <param name="value">The number.</param>
    public string Number(LayerSpec layer, string name, float value) => Numbers(layer, name, [], value);

    /// <summary>Adds whole numbers that a layer's nodes need.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">What they are.</param>
    /// <param name="values">The numbers.</param>
    public string Integers(LayerSpec layer, string name, params ReadOnlySpan<long> values) => Add(OnnxWriter.Integers($"{NameOf(layer)}/{name}", values));

    private static string NameOf(LayerSpec layer) => string.Create(CultureInfo.InvariantCulture, $"layers.{layer.Index}");

    private static OnnxValueInfo Value(string name, Shape shape, bool isChannelsFirst)
    {
        int[] sides = [.. shape.Dimensions];
        return new OnnxValueInfo(name, OnnxElementType.Float, [null, .. (isChannelsFirst ? [sides[^1], .. sides[..^1]] : sides).Select(static side => (int?)side)]);
    }

    private string Add(OnnxTensor tensor)
    {
        _initializers.Add(tensor);
        return tensor.Name;
    }

    private void Node(string type, string input, string output, params ReadOnlySpan<OnnxAttribute> attributes)
        => _nodes.Add(new OnnxNode(output, type, "", [input], [output], [.. attributes]));

    private string Form(int source, Dictionary<int, string> wanted, Dictionary<int, string> other, Func<int, long[]> permutation, string name)
    {
        if (wanted.TryGetValue(source, out string? value))
            return value;

        int rank = (source < 0 ? _spec.Input : _spec.Layers[source].Output).Rank;
        string given = other[source];
        if (rank == 1)
            return wanted[source] = given;

        // Layers without effect, such as an activation of none, give what they read.
        value = $"{given}/{name}";
        if (!_nodes.Exists(node => node.Outputs[0] == value))
            Node("Transpose", given, value, new OnnxAttribute("perm", Integers: [.. permutation(rank)]));
        return wanted[source] = value;
    }
}
