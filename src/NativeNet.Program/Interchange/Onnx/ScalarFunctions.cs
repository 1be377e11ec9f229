namespace NativeNet.Program.Interchange.Onnx;

/// <summary>What operators do that work element by element, for one element in double precision.</summary>
internal static class ScalarFunctions
{
    private delegate double Function(OnnxNode node, double[] inputs);

    private static readonly Dictionary<string, Function> Functions = new(StringComparer.Ordinal)
    {
        ["Add"] = static (_, x) => x.Sum(),
        ["Sub"] = static (_, x) => x[0] - x[1],
        ["Mul"] = static (_, x) => x[0] * x[1],
        ["Div"] = static (_, x) => x[0] / x[1],
        ["Pow"] = static (_, x) => Math.Pow(x[0], x[1]),
        ["Max"] = static (_, x) => x.Max(),
        ["Min"] = static (_, x) => x.Min(),
        ["Neg"] = static (_, x) => -x[0],
        ["Abs"] = static (_, x) => Math.Abs(x[0]),
        ["Exp"] = static (_, x) => Math.Exp(x[0]),
        ["Log"] = static (_, x) => Math.Log(x[0]),
        ["Sqrt"] = static (_, x) => Math.Sqrt(x[0]),
        ["Reciprocal"] = static (_, x) => 1 / x[0],
        ["Tanh"] = static (_, x) => Math.Tanh(x[0]),
        ["Sigmoid"] = static (_, x) => 1 / (1 + Math.Exp(-x[0])),
        ["Softplus"] = static (_, x) => Math.Log(1 + Math.Exp(x[0])),
        ["Erf"] = static (_, x) => Erf(x[0]),
        ["Relu"] = static (_, x) => Math.Max(x[0], 0),
        ["Identity"] = static (_, x) => x[0],
        ["Clip"] = static (node, x) => Math.Min(Math.Max(x[0], Bound(node, x, 1, "min", double.MinValue)), Bound(node, x, 2, "max", double.MaxValue)),
        ["HardSigmoid"] = static (node, x) => Math.Clamp((Setting(node, "alpha", 0.2f) * x[0]) + Setting(node, "beta", 0.5f), 0, 1),
    };

    /// <summary>Whether a node is one of these operators.</summary>
    /// <param name="node">A node.</param>
    public static bool Has(OnnxNode node) => node.Domain.Length == 0 && node.Inputs.Length > 0 && Functions.ContainsKey(node.Operator);

    /// <summary>What a node makes of numbers.</summary>
    /// <param name="node">A node of these operators.</param>
    /// <param name="inputs">A number for each input, NaN for those that are left out.</param>
    /// <returns>Null where it has too few inputs.</returns>
    public static double? Evaluate(OnnxNode node, double[] inputs)
        => node.Operator is "Sub" or "Mul" or "Div" or "Pow" && inputs.Length != 2 ? null : Functions[node.Operator](node, inputs);

    /// <summary>The error function, to 1.5e-7: Abramowitz and Stegun, 7.1.26.</summary>
    /// <param name="x">Any number.</param>
    public static double Erf(double x)
    {
        double t = 1 / (1 + (0.3275911 * Math.Abs(x)));
        double sum = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429))))))));
        return Math.CopySign(1 - (sum * Math.Exp(-x * x)), x);
    }

    private static double Bound(OnnxNode node, double[] inputs, int input, string name, double otherwise)
        => input < inputs.Length && !double.IsNaN(inputs[input]) ? inputs[input] : Setting(node, name, otherwise);

    private static double Setting(OnnxNode node, string name, double otherwise)
        => node.Attributes.FirstOrDefault(attribute => attribute.Name == name)?.Single ?? otherwise;
}
