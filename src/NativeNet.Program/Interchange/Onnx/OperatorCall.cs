using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>A node while it is imported: what it reads, its settings, and the network that it becomes part of.</summary>
/// <param name="import">The import.</param>
/// <param name="node">The node.</param>
internal sealed class OperatorCall(GraphImport import, OnnxNode node)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The node.</summary>
    public OnnxNode Node => node;

    /// <summary>The network so far.</summary>
    public NetworkDraft Draft => import.Draft;

    /// <summary>The version of the operators.</summary>
    public long Opset => import.Opset;

    /// <summary>Whether an input is there.</summary>
    /// <param name="input">Its position.</param>
    public bool Has(int input) => input < node.Inputs.Length && node.Inputs[input].Length > 0;

    /// <summary>An input.</summary>
    /// <param name="input">Its position.</param>
    /// <exception cref="StorageFormatException">It is missing.</exception>
    public OnnxValue Value(int input) => Has(input) ? import.ValueOf(node, node.Inputs[input]) : throw Unsupported($"input {Text(input)} is missing");

    /// <summary>An input that depends on the sample, without padding around it.</summary>
    /// <param name="input">Its position.</param>
    /// <exception cref="StorageFormatException">It is something else.</exception>
    public SampleValue Sample(int input)
    {
        SampleValue sample = PaddedSample(input);
        return sample.Pads.IsEmpty ? sample : throw Unsupported("reads what a Pad gives; only a convolution can take padding in", "pad in the convolution");
    }

    /// <summary>An input that depends on the sample, perhaps with padding around it.</summary>
    /// <param name="input">Its position.</param>
    /// <exception cref="StorageFormatException">It is something else.</exception>
    public SampleValue PaddedSample(int input)
        => Value(input) as SampleValue ?? throw Unsupported($"input {Text(input)}, '{node.Inputs[input]}', is a constant; it must depend on the graph's input");

    /// <summary>An input that is the same for every sample.</summary>
    /// <param name="input">Its position.</param>
    /// <exception cref="StorageFormatException">It is something else.</exception>
    public ConstantValue Constant(int input)
        => Value(input) as ConstantValue ?? throw Unsupported($"input {Text(input)}, '{node.Inputs[input]}', depends on the sample; layers have it as a constant", "store it as an initializer");

    /// <summary>Whether the node gives the graph's output.</summary>
    public bool IsGraphOutput => node.Outputs[0] == import.Output;

    /// <summary>Whether nobody but this node reads what a layer gives.</summary>
    /// <param name="source">The layer.</param>
    public bool IsReadOnce(int source) => import.IsReadOnce(source);

    /// <summary>The position there of each element of a sample, where weights are brought into another order by it; null where all are in their places.</summary>
    /// <param name="map">Where the elements lie.</param>
    public int[]? Reorder(AxisMap map)
    {
        int[]? positions = map.Positions();
        import.Reordered += positions is null ? 0 : 1;
        return positions;
    }

    /// <summary>Says what the graph makes of its scores in the end.</summary>
    /// <param name="function">The function.</param>
    public void SetFinal(FinalFunction function) => import.Final = function;

    /// <summary>Whether somebody reads an output.</summary>
    /// <param name="output">Its position.</param>
    public bool IsRead(int output) => output < node.Outputs.Length && import.ReadersOf(node.Outputs[output]) > 0;

    /// <summary>A setting in whole numbers; null where the node does not have it.</summary>
    /// <param name="name">Its name.</param>
    public ImmutableArray<int>? Integers(string name)
        => Find(name) is { } attribute ? [.. attribute.Integers.Select(value => Checked(name, value))] : null;

    /// <summary>A setting that is a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="otherwise">What it is where the node does not have it.</param>
    public int Integer(string name, int otherwise) => Find(name)?.Integer is { } value ? Checked(name, value) : otherwise;

    /// <summary>A setting that is a float.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="otherwise">What it is where the node does not have it.</param>
    public float Single(string name, float otherwise) => Find(name)?.Single ?? otherwise;

    /// <summary>A setting that is a list of words; empty where the node does not have it.</summary>
    /// <param name="name">Its name.</param>
    public ImmutableArray<string> Words(string name) => Find(name) is { Texts: { IsDefault: false } texts } ? texts : [];

    /// <summary>A setting that is a word.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="otherwise">What it is where the node does not have it.</param>
    public string Word(string name, string otherwise) => Find(name)?.Text ?? otherwise;

    /// <summary>A setting; null where the node does not have it.</summary>
    /// <param name="name">Its name.</param>
    public OnnxAttribute? Find(string name)
    {
        _known.Add(name);
        return node.Attributes.FirstOrDefault(attribute => attribute.Name == name);
    }

    /// <summary>Whole numbers that older operators have as a setting and newer ones as a constant input.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="input">The input.</param>
    /// <returns>Null where the node has neither.</returns>
    public ImmutableArray<int>? IntegersOf(string name, int input)
        => Integers(name) ?? (Has(input) ? [.. Constant(input).Integers.Select(value => Checked(name, value))] : null);

    /// <summary>An axis counted from the first, where it may be counted from the last.</summary>
    /// <param name="axis">From −rank to rank − 1.</param>
    /// <param name="rank">The axes.</param>
    public int Axis(int axis, int rank)
        => axis < -rank || axis >= rank ? throw Unsupported($"there is no axis {Text(axis)} among {Text(rank)}") : axis < 0 ? axis + rank : axis;

    /// <summary>Fails where a constant would have far more elements than the file holds.</summary>
    /// <param name="count">Its elements.</param>
    public void CheckRoom(long count) => import.CheckRoom(count);

    /// <summary>Gives an output.</summary>
    /// <param name="value">Its value.</param>
    /// <param name="output">Its position.</param>
    public void Set(OnnxValue value, int output = 0) => import.Set(node.Outputs[output], value);

    /// <summary>Adds a layer whose output is the node's.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="map">Where the output's elements lie.</param>
    public void Set(LayerDraft layer, AxisMap map) => Set(new SampleValue(Draft.Add(layer), map));

    /// <summary>Tells the user of something that is not as in the graph.</summary>
    /// <param name="remark">What.</param>
    public void Tell(string remark) => import.Report.Add($"{Describe()}: {remark}");

    /// <summary>Fails where the node has settings that nobody asked for.</summary>
    public void CheckAttributes()
    {
        if (node.Attributes.FirstOrDefault(attribute => !_known.Contains(attribute.Name)) is { } unknown)
            throw Unsupported($"has an attribute '{unknown.Name}', which is not understood");
    }

    /// <summary>An error that names the node.</summary>
    /// <param name="reason">Why it cannot be imported.</param>
    /// <param name="wayOut">What to do about it.</param>
    public StorageFormatException Unsupported(string reason, string wayOut = "change it before exporting the model")
        => new($"{import.Path}: {Describe()}: {reason}; {wayOut}");

    /// <summary>The node for messages: <c>node 'conv1' (Conv)</c>.</summary>
    private string Describe()
    {
        string name = node.Name.Length > 0 ? node.Name : node.Outputs.FirstOrDefault("");
        return $"node '{name}' ({node.Operator})";
    }

    private int Checked(string name, long value)
        => value switch
        {
            // Slices to the end are written this way.
            > int.MaxValue => int.MaxValue,
            < int.MinValue => throw Unsupported($"{name} has the value {value.ToString(CultureInfo.InvariantCulture)}, which is out of range"),
            _ => (int)value,
        };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
