using System.Runtime.InteropServices;

namespace NativeNet.PeerBenchmarks;

/// <summary>Writes a network as an ONNX file: a Gemm for each dense layer, a Relu behind all but the last.</summary>
/// <remarks>
/// The messages and the numbers of their fields are those of onnx/onnx.proto3, which the ONNX IR specification
/// (https://onnx.ai/onnx/repo-docs/IR.html) describes; the operators are those of operator set 13.
/// </remarks>
internal static class OnnxModel
{
    /// <summary>The name of the input, (batch, inputs).</summary>
    public const string Input = "input";

    /// <summary>The name of the output, (batch, units of the last layer).</summary>
    public const string Scores = "scores";

    private const int Float = 1; // TensorProto.DataType
    private const int Int = 2; // AttributeProto.AttributeType

    /// <summary>The bytes of the file.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="batch">The samples of a call, a constant of the file.</param>
    public static byte[] Create(IReadOnlyList<DenseTensors> layers, int batch)
    {
        // GraphProto: node 1, name 2, initializer 5, input 11, output 12.
        ProtobufMessage graph = new ProtobufMessage()
            .Add(2, "network")
            .Add(11, Value(Input, batch, layers[0].Inputs))
            .Add(12, Value(Scores, batch, layers[^1].Units));

        string x = Input;
        for (int i = 0; i < layers.Count; i++)
        {
            bool isLast = i == layers.Count - 1;
            string weights = $"weights{i}", biases = $"biases{i}", sums = isLast ? Scores : $"sums{i}", y = $"outputs{i}";
            graph.Add(5, Tensor(weights, layers[i].Weights, layers[i].Units, layers[i].Inputs));
            graph.Add(5, Tensor(biases, layers[i].Biases, layers[i].Units));

            // AttributeProto: name 1, i 3, type 20. Gemm multiplies by the transpose of (units, inputs).
            graph.Add(1, Node("Gemm", [x, weights, biases], sums)
                .Add(5, new ProtobufMessage().Add(1, "transB").Add(3, 1).Add(20, Int)));
            if (!isLast)
                graph.Add(1, Node("Relu", [sums], y));
            x = y;
        }

        // ModelProto: ir_version 1, graph 7, opset_import 8; OperatorSetIdProto: version 2.
        return new ProtobufMessage()
            .Add(1, 7)
            .Add(7, graph)
            .Add(8, new ProtobufMessage().Add(2, 13))
            .Bytes.ToArray();
    }

    /// <summary>NodeProto: input 1, output 2, op_type 4.</summary>
    private static ProtobufMessage Node(string type, ReadOnlySpan<string> inputs, string output)
    {
        var node = new ProtobufMessage();
        foreach (string input in inputs)
            node.Add(1, input);
        return node.Add(2, output).Add(4, type);
    }

    /// <summary>TensorProto: dims 1, data_type 2, name 8, raw_data 9, which is little-endian.</summary>
    private static ProtobufMessage Tensor(string name, float[] values, params ReadOnlySpan<int> shape)
    {
        var tensor = new ProtobufMessage();
        foreach (int length in shape)
            tensor.Add(1, length);
        return tensor.Add(2, Float).Add(8, name).Add(9, MemoryMarshal.AsBytes(values.AsSpan()));
    }

    /// <summary>
    /// ValueInfoProto: name 1, type 2; TypeProto: tensor_type 1; TypeProto.Tensor: elem_type 1, shape 2;
    /// TensorShapeProto: dim 1; Dimension: dim_value 1.
    /// </summary>
    private static ProtobufMessage Value(string name, params ReadOnlySpan<int> shape)
    {
        var dimensions = new ProtobufMessage();
        foreach (int length in shape)
            dimensions.Add(1, new ProtobufMessage().Add(1, length));
        ProtobufMessage tensor = new ProtobufMessage().Add(1, Float).Add(2, dimensions);
        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, tensor));
    }
}
