using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description;
using NativeNet.Description.Json;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>A network that is being imported: layers in the order of their files, each behind those that it reads.</summary>
/// <param name="path">The imported file, for messages.</param>
/// <param name="input">The shape of a sample.</param>
internal sealed class NetworkDraft(string path, ImmutableArray<int> input)
{
    private const int BatchSize = 32;

    private readonly List<LayerDraft> _layers = [];
    private long _parameters;

    /// <summary>The loss; null for a network that only predicts.</summary>
    public string? Loss { get; set; }

    /// <summary>The layer at a position.</summary>
    public LayerDraft this[int layer] => _layers[layer];

    /// <summary>The shape of what a layer gives.</summary>
    /// <param name="source">The layer; −1 is the network's input.</param>
    public ImmutableArray<int> ShapeOf(int source) => source < 0 ? input : _layers[source].Output;

    /// <summary>Adds a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>Its position.</returns>
    /// <exception cref="StorageFormatException">There are too many, or they are too large.</exception>
    public int Add(LayerDraft layer)
    {
        if (_layers.Count == NetworkLimits.Layers)
            throw new StorageFormatException(string.Create(CultureInfo.InvariantCulture, $"{path}: the graph has more than {NetworkLimits.Layers} layers, which is the limit of a network"));
        if (layer.Output.Aggregate(1L, static (product, size) => product > NetworkLimits.Activations ? product : product * size) > NetworkLimits.Activations)
            throw new StorageFormatException(string.Create(CultureInfo.InvariantCulture, $"{path}: a value of the graph has more than {NetworkLimits.Activations} elements, which is the limit of a network"));

        // Before they are kept: a small file may ask for many of the largest.
        _parameters += layer.Tensors.Sum(static tensor => (long)tensor.Length);
        if (_parameters > NetworkLimits.Parameters)
            throw new StorageFormatException(string.Create(CultureInfo.InvariantCulture, $"{path}: the graph has more than {NetworkLimits.Parameters} parameters, which is the limit of a network"));

        _layers.Add(layer);
        return _layers.Count - 1;
    }

    /// <summary>Whether a value is the network's input, perhaps under another shape.</summary>
    /// <param name="source">The layer; −1 is the network's input.</param>
    public bool IsInput(int source) => source < 0 || (_layers[source].Type is "flatten" or "reshape" && IsInput(_layers[source].Sources[0]));

    /// <summary>Whether no layer reads a layer so far.</summary>
    /// <param name="source">The layer.</param>
    public bool IsUnread(int source) => !_layers.Exists(layer => layer.Sources.Contains(source));

    /// <summary>What a layer gives, under another shape of as many elements.</summary>
    /// <param name="source">The layer; −1 is the network's input.</param>
    /// <param name="shape">At most three sizes.</param>
    public int View(int source, ImmutableArray<int> shape)
    {
        if (ShapeOf(source).SequenceEqual(shape))
            return source;

        int earlier = _layers.FindIndex(layer => layer.Type is "flatten" or "reshape" && layer.Sources[0] == source && layer.Output.SequenceEqual(shape));
        if (earlier >= 0)
            return earlier;
        return Add(shape.Length == 1
            ? new LayerDraft("flatten", "", [source], shape)
            : new LayerDraft("reshape", $", \"shape\": [{string.Join(", ", shape)}]", [source], shape));
    }

    /// <summary>Makes a network of the layers.</summary>
    /// <returns>The network, and its parameters row-major, the tensors one behind the other.</returns>
    /// <exception cref="StorageFormatException">The format does not allow it.</exception>
    public (NetworkSpec Spec, float[] Parameters) Finish()
    {
        FoldActivations();
        float[] parameters = [.. _layers.SelectMany(static layer => layer.Tensors).SelectMany(static tensor => tensor)];

        // A batch of few where many would not fit.
        NetworkParseResult result = NetworkParser.Parse(Write(BatchSize));
        if (result.Spec is null)
            result = NetworkParser.Parse(Write(1));
        if (result.Spec is not { } spec)
            throw new StorageFormatException($"{path}: its graph is no network of this format: {result.Diagnostics[0].Message}");

        int differs = spec.Layers.ToList().FindIndex(layer => !layer.Output.Dimensions.SequenceEqual(_layers[layer.Index].Output));
        return differs < 0 && parameters.Length == spec.ParameterCount
            ? (spec, parameters)
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"layer {differs} does not have the shape of its operator"));
    }

    /// <summary>Gives activations to the layers of sums before them that nobody else reads.</summary>
    private void FoldActivations()
    {
        for (int i = _layers.Count - 1; i >= 0; i--)
        {
            if (_layers[i].Type != "activation" || _layers[i].Sources[0] is not (>= 0 and var source) || !_layers[source].HasSums
                || _layers[source].Activation.Length > 0 || _layers.Sum(layer => layer.Sources.Count(read => read == source)) != 1)
            {
                continue;
            }

            _layers[source].Activation = _layers[i].Keys;
            _layers.RemoveAt(i);
            foreach (LayerDraft layer in _layers)
                layer.Sources = [.. layer.Sources.Select(read => read == i ? source : read > i ? read - 1 : read)];
        }
    }

    private string Write(int batchSize)
    {
        string[] names = Names();
        IEnumerable<string> layers = _layers.Select((layer, i) => $"{{ \"type\": \"{layer.Type}\"{layer.Keys}{From(layer, i, names)}{(names[i].Length > 0 ? $", \"name\": {JsonText.Of(names[i])}" : "")} }}");
        string loss = Loss is null ? "" : $"\"loss\": \"{Loss}\", ";
        return string.Create(CultureInfo.InvariantCulture, $"{{ \"input\": [{string.Join(", ", input)}], \"layers\": [{string.Join(", ", layers)}], {loss}\"batchSize\": {batchSize} }}");
    }

    private static string From(LayerDraft layer, int index, string[] names)
    {
        bool isJoin = layer.Type is "add" or "multiply" or "concat";
        if (!isJoin && layer.Sources[0] == index - 1)
            return "";

        string[] sources = [.. layer.Sources.Select(source => JsonText.Of(source < 0 ? "input" : names[source]))];
        return ", \"from\": " + (isJoin ? $"[{string.Join(", ", sources)}]" : sources[0]);
    }

    /// <summary>Names for the layers that are read by name: those of the graph where they are given and no two are the same.</summary>
    private string[] Names()
    {
        bool[] isNamed = new bool[_layers.Count];
        for (int i = 0; i < _layers.Count; i++)
        {
            bool isJoin = _layers[i].Type is "add" or "multiply" or "concat";
            foreach (int source in _layers[i].Sources.Where(source => source >= 0 && (isJoin || source != i - 1)))
                isNamed[source] = true;
        }

        var taken = new HashSet<string>(StringComparer.Ordinal) { "", "input" };
        return [.. _layers.Select((layer, i) => !isNamed[i] ? "" : taken.Add(layer.Name) ? layer.Name : Numbered(i, taken))];
    }

    private static string Numbered(int index, HashSet<string> taken)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"layer{index}");
        while (!taken.Add(name))
            name += "_";
        return name;
    }
}
