using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>Reads ONNX files: messages of Protocol Buffers whose fields <c>onnx.proto</c> numbers.</summary>
/// <remarks>
/// Nothing recurses and no message is copied: a file takes its own length in memory, and what it says of lengths is believed only
/// as far as bytes follow. Graphs inside of attributes are left unread; whose node needs them is unsupported.
/// </remarks>
/// <param name="path">The file's name for messages.</param>
internal sealed class OnnxReader(string path)
{
    /// <summary>The longest array; Protocol Buffers' own limit, 2³¹ − 1, is 56 bytes more.</summary>
    private static int MaxLength => Array.MaxLength;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StorageFormatException">It is damaged or something else.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static OnnxModel ReadModel(string path) => new OnnxReader(path).Model(ReadBytes(path));

    /// <summary>Reads a file of one tensor.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StorageFormatException">It is damaged or something else.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static OnnxTensor ReadTensor(string path) => new OnnxReader(path).Tensor(new ProtoReader(path, ReadBytes(path)));

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <exception cref="StorageFormatException">They are damaged or something else.</exception>
    public OnnxModel Model(ReadOnlyMemory<byte> bytes)
    {
        var model = new ProtoReader(path, bytes);
        ProtoReader? graph = null;
        long? version = null, opset = null;
        while (model.MoveNext())
        {
            switch (model.Field)
            {
                case 1:
                    version = model.Integer();
                    break;
                case 7:
                    graph = model.Message();
                    break;
                case 8:
                    (string domain, long of) = Opset(model.Message());
                    opset = domain is "" or "ai.onnx" ? of : opset;
                    break;
                default:
                    break;
            }
        }

        if (version is null || graph is null)
            throw new StorageFormatException($"{path}: has no {(graph is null ? "graph" : "version")}; it is not an ONNX file");
        return Graph(graph, opset ?? 1);
    }

    private static byte[] ReadBytes(string path)
    {
        using FileStream file = InputFile.Open(path, static problem => new StorageFormatException(problem));
        if (file.Length > MaxLength)
            throw new StorageFormatException(string.Create(CultureInfo.InvariantCulture, $"{path}: has {file.Length} bytes; an ONNX file may have {MaxLength}, with its tensors in files beside it"));

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)file.Length);
        file.ReadExactly(bytes);
        return bytes;
    }

    private static (string Domain, long Version) Opset(ProtoReader opset)
    {
        (string domain, long version) = ("", 0);
        while (opset.MoveNext())
        {
            if (opset.Field == 1)
                domain = opset.Text();
            else if (opset.Field == 2)
                version = opset.Integer();
        }

        return (domain, version);
    }

    private OnnxModel Graph(ProtoReader graph, long opset)
    {
        var nodes = ImmutableArray.CreateBuilder<OnnxNode>();
        var initializers = ImmutableArray.CreateBuilder<OnnxTensor>();
        var inputs = ImmutableArray.CreateBuilder<OnnxValueInfo>();
        var outputs = ImmutableArray.CreateBuilder<OnnxValueInfo>();
        while (graph.MoveNext())
        {
            switch (graph.Field)
            {
                case 1:
                    nodes.Add(Node(graph.Message()));
                    break;
                case 5:
                    initializers.Add(Tensor(graph.Message()));
                    break;
                case 11:
                    inputs.Add(Value(graph.Message()));
                    break;
                case 12:
                    outputs.Add(Value(graph.Message()));
                    break;
                case 15:
                    throw graph.Error("the graph has sparse initializers; store them as plain tensors");
                default:
                    break;
            }
        }

        return new OnnxModel(opset, nodes.ToImmutable(), initializers.ToImmutable(), inputs.ToImmutable(), outputs.ToImmutable());
    }

    private OnnxNode Node(ProtoReader node)
    {
        (string name, string type, string domain) = ("", "", "");
        var inputs = ImmutableArray.CreateBuilder<string>();
        var outputs = ImmutableArray.CreateBuilder<string>();
        var attributes = ImmutableArray.CreateBuilder<OnnxAttribute>();
        while (node.MoveNext())
        {
            switch (node.Field)
            {
                case 1:
                    inputs.Add(node.Text());
                    break;
                case 2:
                    outputs.Add(node.Text());
                    break;
                case 3:
                    name = node.Text();
                    break;
                case 4:
                    type = node.Text();
                    break;
                case 5:
                    attributes.Add(Attribute(node.Message()));
                    break;
                case 7:
                    domain = node.Text();
                    break;
                default:
                    break;
            }
        }

        return new OnnxNode(name, type, domain == "ai.onnx" ? "" : domain, inputs.ToImmutable(), outputs.ToImmutable(), attributes.ToImmutable());
    }

    private OnnxAttribute Attribute(ProtoReader attribute)
    {
        var read = new OnnxAttribute("");
        List<long> integers = [];
        List<ReadOnlyMemory<byte>> floats = [];
        List<string> texts = [];
        while (attribute.MoveNext())
        {
            switch (attribute.Field)
            {
                case 1:
                    read = read with { Name = attribute.Text() };
                    break;
                case 2:
                    read = read with { Single = attribute.Single() };
                    break;
                case 3:
                    read = read with { Integer = attribute.Integer() };
                    break;
                case 4:
                    read = read with { Text = Letters(attribute) };
                    break;
                case 5:
                    read = read with { Tensor = Tensor(attribute.Message()) };
                    break;
                case 7:
                    attribute.AddElements(floats);
                    break;
                case 8:
                    attribute.AddIntegers(integers);
                    break;
                case 9:
                    texts.Add(Letters(attribute));
                    break;
                default:
                    break;
            }
        }

        return read with { Integers = [.. integers], Floats = [.. ElementType.Float32.Convert(Join(floats).Span)], Texts = [.. texts] };

        // Any bytes are allowed; those of every attribute that is understood are letters.
        static string Letters(ProtoReader attribute) => Encoding.Latin1.GetString(attribute.Bytes().Span);
    }

    private static OnnxValueInfo Value(ProtoReader value)
    {
        (string name, OnnxElementType type) = ("", OnnxElementType.Undefined);
        ImmutableArray<int?> dimensions = default;
        while (value.MoveNext())
        {
            if (value.Field == 1)
            {
                name = value.Text();
                continue;
            }

            ProtoReader? tensor = value.Field == 2 ? Find(value.Message(), 1) : null;
            while (tensor is not null && tensor.MoveNext())
            {
                if (tensor.Field == 1)
                    type = (OnnxElementType)tensor.Integer();
                else if (tensor.Field == 2)
                    dimensions = Shape(tensor.Message());
            }
        }

        return new OnnxValueInfo(name, type, dimensions);
    }

    /// <summary>A field that is a message; null where there is none.</summary>
    private static ProtoReader? Find(ProtoReader message, int field)
    {
        while (message.MoveNext())
        {
            if (message.Field == field)
                return message.Message();
        }

        return null;
    }

    private static ImmutableArray<int?> Shape(ProtoReader shape)
    {
        var dimensions = ImmutableArray.CreateBuilder<int?>();
        while (shape.MoveNext())
        {
            if (shape.Field != 1)
                continue;

            int? size = null;
            ProtoReader dimension = shape.Message();
            while (dimension.MoveNext())
            {
                // Exporters write 0 and −1 for sizes that are open.
                if (dimension.Field == 1)
                    size = dimension.Integer() is > 0 and <= int.MaxValue and var value ? (int)value : null;
            }

            dimensions.Add(size);
        }

        return dimensions.ToImmutable();
    }

    private OnnxTensor Tensor(ProtoReader tensor)
    {
        (string name, long type, bool isExternal) = ("", 0, false);
        List<long> dimensions = [], integers = [];
        List<ReadOnlyMemory<byte>> elements = [];
        var external = new OnnxExternalData("", 0, null);
        while (tensor.MoveNext())
        {
            switch (tensor.Field)
            {
                case 1:
                    tensor.AddIntegers(dimensions);
                    break;
                case 2:
                    type = tensor.Integer();
                    break;
                case 4 or 10:
                    tensor.AddElements(elements);
                    break;
                case 5 or 7 or 11:
                    tensor.AddIntegers(integers);
                    break;
                case 8:
                    name = tensor.Text();
                    break;
                case 9:
                    elements.Add(tensor.Bytes());
                    break;
                case 13:
                    external = With(external, tensor.Message());
                    break;
                case 14:
                    isExternal = tensor.Integer() == 1;
                    break;
                default:
                    break;
            }
        }

        if (dimensions.Exists(static size => size is < 0 or > int.MaxValue))
            throw tensor.Error($"tensor '{name}' has a size that no tensor has");
        return new OnnxTensor(
            path, name, [.. dimensions.Select(static size => (int)size)], Enum.IsDefined((OnnxElementType)type) ? (OnnxElementType)type : OnnxElementType.Undefined,
            Join(elements), integers, isExternal ? external : null);
    }

    private static OnnxExternalData With(OnnxExternalData external, ProtoReader entry)
    {
        (string key, string value) = ("", "");
        while (entry.MoveNext())
        {
            if (entry.Field == 1)
                key = entry.Text();
            else if (entry.Field == 2)
                value = entry.Text();
        }

        return key switch
        {
            "location" => external with { Location = value },
            "offset" => external with { Offset = Number() },
            "length" => external with { Length = Number() },
            _ => external,
        };

        long Number() => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw entry.Error($"'{value}' is no {key} of external data");
    }

    private static ReadOnlyMemory<byte> Join(List<ReadOnlyMemory<byte>> parts)
    {
        if (parts.Count <= 1)
            return parts.Count == 0 ? default : parts[0];

        byte[] joined = new byte[parts.Sum(static part => part.Length)];
        int length = 0;
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            part.CopyTo(joined.AsMemory(length));
            length += part.Length;
        }

        return joined;
    }
}
