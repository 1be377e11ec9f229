using System.Buffers.Binary;
using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>Writes ONNX files.</summary>
internal static class OnnxWriter
{
    /// <summary>The version of the file format that came with operators of version 17.</summary>
    private const int FormatVersion = 8;

    /// <summary>The bytes of a file.</summary>
    /// <param name="model">Its content; open sizes are those of the samples.</param>
    /// <param name="name">The graph's name.</param>
    /// <param name="version">The version of the program that writes it.</param>
    public static ReadOnlyMemory<byte> Write(OnnxModel model, string name, string version)
    {
        var graph = new ProtoWriter();
        foreach (OnnxNode node in model.Nodes)
            graph.Message(1, Node(node));
        graph.Text(2, name);
        foreach (OnnxTensor tensor in model.Initializers)
            graph.Message(5, Tensor(tensor));
        foreach (OnnxValueInfo input in model.Inputs)
            graph.Message(11, Value(input));
        foreach (OnnxValueInfo output in model.Outputs)
            graph.Message(12, Value(output));

        var opset = new ProtoWriter();
        opset.Text(1, "");
        opset.Integer(2, model.Opset);

        var file = new ProtoWriter();
        file.Integer(1, FormatVersion);
        file.Text(2, "nativenet");
        file.Text(3, version);
        file.Message(7, graph);
        file.Message(8, opset);
        return file.Written;
    }

    private static ProtoWriter Node(OnnxNode node)
    {
        var message = new ProtoWriter();
        foreach (string input in node.Inputs)
            message.Text(1, input);
        foreach (string output in node.Outputs)
            message.Text(2, output);
        message.Text(3, node.Name);
        message.Text(4, node.Operator);
        foreach (OnnxAttribute attribute in node.Attributes)
            message.Message(5, Attribute(attribute));
        return message;
    }

    /// <summary>An attribute, which says of which type it is.</summary>
    private static ProtoWriter Attribute(OnnxAttribute attribute)
    {
        const int type = 20;
        var message = new ProtoWriter();
        message.Text(1, attribute.Name);
        if (attribute.Single is { } single)
        {
            message.Single(2, single);
            message.Integer(type, 1);
        }
        else if (attribute.Integer is { } integer)
        {
            message.Integer(3, integer);
            message.Integer(type, 2);
        }
        else if (attribute.Text is { } text)
        {
            message.Text(4, text);
            message.Integer(type, 3);
        }
        else if (!attribute.Texts.IsDefaultOrEmpty)
        {
            foreach (string each in attribute.Texts)
                message.Text(9, each);
            message.Integer(type, 8);
        }
        else
        {
            foreach (long value in attribute.Integers)
                message.Integer(8, value);
            message.Integer(type, 7);
        }

        return message;
    }

    private static ProtoWriter Tensor(OnnxTensor tensor)
    {
        var message = new ProtoWriter();
        foreach (int size in tensor.Dimensions)
            message.Integer(1, size);
        message.Integer(2, (int)tensor.Type);
        message.Text(8, tensor.Name);
        message.Bytes(9, tensor.Raw.Span);
        return message;
    }

    private static ProtoWriter Value(OnnxValueInfo value)
    {
        var shape = new ProtoWriter();
        foreach (int? size in value.Dimensions)
        {
            var dimension = new ProtoWriter();
            if (size is { } given)
                dimension.Integer(1, given);
            else
                dimension.Text(2, "samples");
            shape.Message(1, dimension);
        }

        var tensor = new ProtoWriter();
        tensor.Integer(1, (int)value.Type);
        tensor.Message(2, shape);
        var type = new ProtoWriter();
        type.Message(1, tensor);
        var message = new ProtoWriter();
        message.Text(1, value.Name);
        message.Message(2, type);
        return message;
    }

    /// <summary>A tensor of 32-bit floats.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="dimensions">Its sizes.</param>
    /// <param name="values">As many elements.</param>
    public static OnnxTensor Floats(string name, ImmutableArray<int> dimensions, ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return new OnnxTensor("", name, dimensions, OnnxElementType.Float, bytes, [], null);
    }

    /// <summary>A tensor of 64-bit integers, a shape for example.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its elements.</param>
    public static OnnxTensor Integers(string name, params ReadOnlySpan<long> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        return new OnnxTensor("", name, [values.Length], OnnxElementType.Int64, bytes, [], null);
    }
}
