namespace NativeNet.Program.Interchange.Onnx;

/// <summary>Finds nodes that compute, together with nodes before them, one activation of a value: x · Sigmoid(x) is silu.</summary>
/// <remarks>
/// Exporters write the same function in many ways, so it is told by its values: the nodes are evaluated over a range as a function
/// of each value behind which only numbers follow, and compared with the functions that the format has.
/// </remarks>
/// <param name="model">The file.</param>
/// <param name="givers">The node that gives a value.</param>
internal sealed class ActivationRecognition(OnnxModel model, Dictionary<string, OnnxNode> givers)
{
    /// <summary>The most nodes that one activation is written with.</summary>
    private const int MostNodes = 16;

    private const double Tolerance = 1e-6;

    private static readonly HashSet<string> Last = new(["Add", "Sub", "Mul", "Div", "Max", "Min", "Log", "Where"], StringComparer.Ordinal);

    private static readonly double[] Points = [.. Enumerable.Range(-32, 65).Select(static i => i * 0.37)];

    private readonly Dictionary<string, double?> _numbers = new(StringComparer.Ordinal);

    private readonly Dictionary<string, OnnxTensor> _initializers = ByName(model);

    /// <summary>The node that stands for a group of nodes.</summary>
    /// <param name="last">The last of them.</param>
    /// <returns>A node with the same output; null where they are no activation.</returns>
    public OnnxNode? Find(OnnxNode last)
    {
        if (!Last.Contains(last.Operator) || last.Domain.Length > 0)
            return null;

        foreach (string value in ValuesBefore(last))
        {
            double[] results = [.. Points.Select(x => At(value, x)).TakeWhile(static result => result is not null).Select(static result => result!.Value)];
            if (results.Length == Points.Length && NodeOf(results) is { } found)
                return last with { Operator = found.Operator, Inputs = [value], Attributes = [.. found.Attributes] };
        }

        return null;

        double? At(string value, double x) => Evaluate(last, new Dictionary<string, double?>(StringComparer.Ordinal) { [value] = x, [""] = double.NaN });
    }

    private static Dictionary<string, OnnxTensor> ByName(OnnxModel model)
    {
        var tensors = new Dictionary<string, OnnxTensor>(StringComparer.Ordinal);
        foreach (OnnxTensor tensor in model.Initializers)
            tensors[tensor.Name] = tensor;
        return tensors;
    }

    /// <summary>The values of which a node might be a function, its own inputs last.</summary>
    private List<string> ValuesBefore(OnnxNode last)
    {
        List<string> values = [.. last.Inputs.Where(name => name.Length > 0 && NumberOf(name) is null)];
        for (int i = 0; i < values.Count && values.Count < MostNodes; i++)
        {
            if (givers.TryGetValue(values[i], out OnnxNode? giver) && ScalarFunctions.Has(giver))
                values.AddRange(giver.Inputs.Where(name => name.Length > 0 && NumberOf(name) is null && !values.Contains(name)));
        }

        values.Reverse();
        return values;
    }

    /// <summary>What a node gives where some values are known; null where it depends on anything else.</summary>
    private double? Evaluate(OnnxNode node, Dictionary<string, double?> known)
    {
        if (!ScalarFunctions.Has(node) || known.Count > MostNodes * 4)
            return null;

        double[] inputs = new double[node.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            string name = node.Inputs[i];
            if (!known.TryGetValue(name, out double? value))
            {
                // Not known while it is worked out, so that a cycle ends.
                known[name] = null;
                known[name] = value = NumberOf(name) ?? (givers.TryGetValue(name, out OnnxNode? giver) ? Evaluate(giver, known) : null);
            }

            if (value is null)
                return null;
            inputs[i] = value.Value;
        }

        return ScalarFunctions.Evaluate(node, inputs);
    }

    /// <summary>The number that a value is; null for everything else.</summary>
    private double? NumberOf(string name)
    {
        if (!_numbers.TryGetValue(name, out double? number))
            _numbers[name] = number = Read(name);
        return number;
    }

    private double? Read(string name)
    {
        if (_initializers.TryGetValue(name, out OnnxTensor? tensor))
            return Of(tensor);
        if (!givers.TryGetValue(name, out OnnxNode? giver) || giver.Operator != "Constant" || giver.Attributes is not [var value])
            return null;
        return value.Tensor is { } stored ? Of(stored) : value.Single;

        static double? Of(OnnxTensor tensor) => tensor.Dimensions.All(static size => size == 1) && tensor.IsFloat ? tensor.ToFloats()[0] : null;
    }

    /// <summary>The operator that has these values at the points; null where none has.</summary>
    private static (string Operator, OnnxAttribute[] Attributes)? NodeOf(double[] results)
    {
        if (Is(static x => x / (1 + Math.Exp(-x))))
            return ("Swish", []);
        if (Is(static x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))))))
            return ("Gelu", [new OnnxAttribute("approximate", Text: "tanh")]);
        if (Is(static x => 0.5 * x * (1 + ScalarFunctions.Erf(x / Math.Sqrt(2)))))
            return ("Gelu", []);
        if (Is(static x => x * Math.Clamp(x + 3, 0, 6) / 6))
            return ("HardSwish", []);
        if (Is(static x => Math.Log(1 + Math.Exp(x))))
            return ("Softplus", []);
        if (Is(static x => 1 / (1 + Math.Exp(-x))))
            return ("Sigmoid", []);
        if (Is(static x => Math.Max(x, 0)))
            return ("Relu", []);

        double slope = results[0] / Points[0];
        return slope is > 0 and < 1 && Is(x => x > 0 ? x : slope * x) ? ("LeakyRelu", [OnnxAttribute.Of("alpha", (float)slope)]) : null;

        bool Is(Func<double, double> function)
        {
            for (int i = 0; i < Points.Length; i++)
            {
                double expected = function(Points[i]);
                if (Math.Abs(results[i] - expected) > Tolerance * Math.Max(1, Math.Abs(expected)))
                    return false;
            }

            return true;
        }
    }
}
