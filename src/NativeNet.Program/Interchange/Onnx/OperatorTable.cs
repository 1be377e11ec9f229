using NativeNet.Description;
using NativeNet.Program.Interchange.Onnx.Operators;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>The operators that have a layer here, or change nothing that a layer would have to do.</summary>
internal static class OperatorTable
{
    /// <summary>What imports each of them.</summary>
    public static readonly Dictionary<string, Action<OperatorCall>> Operators = new(StringComparer.Ordinal)
    {
        ["Gemm"] = SumOperators.Gemm,
        ["MatMul"] = SumOperators.MatMul,
        ["Conv"] = ConvOperator.Import,
        ["ConvTranspose"] = ConvTransposeOperator.Import,
        ["MaxPool"] = static call => PoolOperators.Import(call, "maxPool"),
        ["AveragePool"] = static call => PoolOperators.Import(call, "averagePool"),
        ["GlobalAveragePool"] = static call => PoolOperators.Global(call, "globalAveragePool"),
        ["GlobalMaxPool"] = static call => PoolOperators.Global(call, "globalMaxPool"),
        ["ReduceMean"] = static call => ReduceOperators.Import(call, "averagePool"),
        ["ReduceMax"] = static call => ReduceOperators.Import(call, "maxPool"),
        ["ReduceSum"] = ReduceOperators.Sum,
        ["GRU"] = static call => RecurrentOperators.Import(call, RecurrentKind.Gru),
        ["LSTM"] = static call => RecurrentOperators.Import(call, RecurrentKind.Lstm),
        ["RNN"] = static call => RecurrentOperators.Import(call, RecurrentKind.Rnn),
        ["Resize"] = ResizeOperators.Resize,
        ["Upsample"] = ResizeOperators.Upsample,
        ["BatchNormalization"] = NormalizationOperators.Batch,
        ["LayerNormalization"] = NormalizationOperators.Layer,
        ["Relu"] = static call => ActivationOperators.Import(call, "relu"),
        ["Tanh"] = static call => ActivationOperators.Import(call, "tanh"),
        ["Sigmoid"] = static call => ActivationOperators.Import(call, "sigmoid"),
        ["HardSwish"] = static call => ActivationOperators.Import(call, "hardSwish"),
        ["Softplus"] = static call => ActivationOperators.Import(call, "softplus"),
        ["Swish"] = ActivationOperators.Swish,
        ["Gelu"] = ActivationOperators.Gelu,
        ["Elu"] = ActivationOperators.Elu,
        ["LeakyRelu"] = ActivationOperators.LeakyRelu,
        ["PRelu"] = ActivationOperators.PRelu,
        ["Clip"] = ActivationOperators.Clip,
        ["Selu"] = ActivationOperators.Selu,
        ["Celu"] = ActivationOperators.Celu,
        ["HardSigmoid"] = ActivationOperators.HardSigmoid,
        ["Softmax"] = ActivationOperators.Softmax,
        ["LogSoftmax"] = ActivationOperators.LogSoftmax,
        ["Add"] = ArithmeticOperators.Add,
        ["Sum"] = ArithmeticOperators.Sum,
        ["Mean"] = ArithmeticOperators.Mean,
        ["Sub"] = ArithmeticOperators.Subtract,
        ["Mul"] = ArithmeticOperators.Multiply,
        ["Div"] = ArithmeticOperators.Divide,
        ["Neg"] = ArithmeticOperators.Negate,
        ["Concat"] = ConcatOperator.Import,
        ["Slice"] = PartOperators.Slice,
        ["Gather"] = PartOperators.Gather,
        ["Split"] = PartOperators.Split,
        ["Reshape"] = ViewOperators.Reshape,
        ["Flatten"] = ViewOperators.Flatten,
        ["Squeeze"] = ViewOperators.Squeeze,
        ["Unsqueeze"] = ViewOperators.Unsqueeze,
        ["Transpose"] = ViewOperators.Transpose,
        ["Identity"] = static call => call.Set(call.Value(0)),
        ["Cast"] = ViewOperators.Cast,
        ["Pad"] = ViewOperators.Pad,
        ["Dropout"] = ViewOperators.Dropout,
    };

    private static readonly Dictionary<string, string> WaysOut = new(StringComparer.Ordinal)
    {
        ["If"] = "export the model with example inputs, so that its conditions are worked out",
        ["Loop"] = "export the model with example inputs, so that its loops are unrolled",
        ["Scan"] = "export the model with example inputs, so that its loops are unrolled",
        ["QLinearConv"] = "export the model before it is quantized",
        ["QLinearMatMul"] = "export the model before it is quantized",
        ["QuantizeLinear"] = "export the model before it is quantized",
        ["DequantizeLinear"] = "export the model before it is quantized",
        ["ConvInteger"] = "export the model before it is quantized",
        ["MatMulInteger"] = "export the model before it is quantized",
        ["ThresholdedRelu"] = "train with relu",
        ["Mish"] = "train with silu",
        ["LpPool"] = "train with an average or a greatest value",
        ["InstanceNormalization"] = "train with batch or layer normalization",
        ["GroupNormalization"] = "train with batch or layer normalization",
        ["LRN"] = "train with batch normalization",
        ["ArgMax"] = "remove it: nativenet predict prints the class of the greatest score",
        ["TopK"] = "remove it: nativenet predict prints the class of the greatest score",
    };

    /// <summary>What a user can do about an operator that has no layer.</summary>
    /// <param name="name">The operator.</param>
    public static string WayOutOf(string name)
        => WaysOut.GetValueOrDefault(name, "export the model without it, or compute it before or behind the network");
}
