using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>Imports a graph whose input lies here in one way.</summary>
internal sealed class GraphImport
{
    /// <summary>The elements that constants may have which even a small file works out.</summary>
    private const int LeastRoom = 1 << 16;

    private readonly Dictionary<string, OnnxValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _readers;
    private readonly OnnxModel _model;
    private long _room;

    /// <summary>Begins.</summary>
    /// <param name="path">The file's name for messages.</param>
    /// <param name="model">The file.</param>
    /// <param name="graph">Its nodes that matter.</param>
    /// <param name="input">The name of the input.</param>
    /// <param name="map">Where the input's elements lie.</param>
    /// <param name="shape">The shape that a sample has here.</param>
    public GraphImport(string path, OnnxModel model, NeededGraph graph, string input, AxisMap map, ImmutableArray<int> shape)
    {
        Path = path;
        _model = model;
        _readers = graph.Readers;
        Output = graph.Output;
        Draft = new NetworkDraft(path, shape);
        foreach (OnnxTensor tensor in model.Initializers)
            _values[tensor.Name] = new StoredConstant(tensor);
        _room = LeastRoom + model.Initializers.Sum(static tensor => tensor.Raw.Length + (tensor.Integers.Count * (long)sizeof(long)) + Math.Clamp(tensor.External?.Length ?? 0, 0, NetworkLimits.Parameters));
        _values[input] = new SampleValue(-1, map);
    }

    /// <summary>The file's name for messages.</summary>
    public string Path { get; }

    /// <summary>The version of the operators.</summary>
    public long Opset => _model.Opset;

    /// <summary>The name of the graph's output.</summary>
    public string Output { get; }

    /// <summary>What the graph makes of its scores in the end.</summary>
    public FinalFunction Final { get; set; }

    /// <summary>The network so far.</summary>
    public NetworkDraft Draft { get; }

    /// <summary>What is not as in the graph, a line each.</summary>
    public List<string> Report { get; } = [];

    /// <summary>How many layers have their weights in another order than the graph.</summary>
    public int Reordered { get; set; }

    /// <summary>The nodes imported so far.</summary>
    public int Count { get; private set; }

    /// <summary>Imports nodes.</summary>
    /// <param name="nodes">The nodes, each behind those whose values it reads.</param>
    /// <returns>The graph's output.</returns>
    /// <exception cref="StorageFormatException">One of them is unsupported.</exception>
    public SampleValue Run(IEnumerable<OnnxNode> nodes)
    {
        foreach (OnnxNode node in nodes)
        {
            var call = new OperatorCall(this, node);
            if (node.Domain.Length > 0 || node.Outputs.IsEmpty)
                throw call.Unsupported($"is an operator of '{node.Domain}', or gives nothing");
            if (!ConstantFolding.TryFold(call))
            {
                if (!OperatorTable.Operators.TryGetValue(node.Operator, out Action<OperatorCall>? import))
                    throw call.Unsupported("has no layer that computes it", OperatorTable.WayOutOf(node.Operator));
                import(call);
            }

            call.CheckAttributes();
            Count++;
        }

        return _values.GetValueOrDefault(Output) switch
        {
            SampleValue { Pads.IsEmpty: true, Source: >= 0 } output => output,
            SampleValue => throw new StorageFormatException($"{Path}: the graph's output '{Output}' is its input; there is no layer in between"),
            _ => throw new StorageFormatException($"{Path}: the graph's output '{Output}' does not depend on its input"),
        };
    }

    /// <summary>Makes a network of what was imported.</summary>
    /// <param name="output">The graph's output.</param>
    /// <returns>The network, and its parameters row-major, the tensors one behind the other.</returns>
    /// <exception cref="StorageFormatException">The format does not allow it.</exception>
    public (NetworkSpec Spec, float[] Parameters) Finish(SampleValue output)
    {
        LayerDraft last = Draft[output.Source];
        if (Final == FinalFunction.Softmax && last is { Type: "dense", Activation: "", Output: [> 1] })
            Draft.Loss = Vocabulary.WordFor(LossKind.SoftmaxCrossEntropy);
        return Draft.Finish();
    }

    /// <summary>A value.</summary>
    /// <param name="reader">The node that reads it.</param>
    /// <param name="name">Its name.</param>
    public OnnxValue ValueOf(OnnxNode reader, string name)
        => _values.GetValueOrDefault(name) ?? throw new OperatorCall(this, reader).Unsupported(
            $"reads '{name}', which no node before it gives", "the nodes must stand in order, without a cycle, and each output must be one that is supported");

    /// <summary>How many nodes read a value, the graph's output among them.</summary>
    /// <param name="name">Its name.</param>
    public int ReadersOf(string name) => _readers.GetValueOrDefault(name);

    /// <summary>Whether what a layer gives is read once, under whatever names.</summary>
    /// <param name="source">The layer.</param>
    public bool IsReadOnce(int source)
        => Draft.IsUnread(source) && _values.All(value => value.Value is not SampleValue sample || sample.Source != source || ReadersOf(value.Key) == 1);

    /// <summary>Gives a value its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public void Set(string name, OnnxValue value)
    {
        if (value is ConstantValue constant and not StoredConstant)
        {
            CheckRoom(constant.Count);
            _room -= constant.Count;
        }

        _values[name] = value;
    }

    /// <summary>Fails where constants that the graph works out would take far more room than those of the file.</summary>
    /// <param name="count">The elements of another one.</param>
    public void CheckRoom(long count)
    {
        if (count > _room)
            throw new StorageFormatException($"{Path}: the graph works out constants of far more elements than the file holds; export the model with its constants folded");
    }
}
