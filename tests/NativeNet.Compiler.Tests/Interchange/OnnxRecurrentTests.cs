extern alias runner;

using NativeNet.Reference;
using NativeNet.Storage;
using runner::NativeNet.Program.Interchange.Onnx;
using static NativeNet.Compiler.Tests.Interchange.OnnxGraphs;

namespace NativeNet.Compiler.Tests.Interchange;

/// <summary>Recurrent operators give what ONNX defines: https://onnx.ai/onnx/operators, computed here in double precision.</summary>
public sealed class OnnxRecurrentTests
{
    private const int Steps = 6, Inputs = 3, Units = 4;

    private delegate (double[] H, double[] C) Cell(Func<int, bool, int, double> sum, double[] h, double[] c);

    [Theory]
    [InlineData("GRU", 3)]
    [InlineData("LSTM", 4)]
    [InlineData("RNN", 1)]
    public void A_cell_gives_what_its_operator_is_defined_to(string type, int gates)
    {
        var random = new Random(gates);
        OnnxTensor w = Draw(random, "w", 1, gates * Units, Inputs), r = Draw(random, "r", 1, gates * Units, Units), b = Draw(random, "b", 1, 2 * gates * Units);
        OnnxAttribute[] attributes = type == "GRU" ? [OnnxAttribute.Of("linear_before_reset", 1L)] : [];
        OnnxNode[] nodes =
        [
            Node("Transpose", "t", ["x"], OnnxAttribute.Of("perm", 1L, 0, 2)), new OnnxNode("", type, "", ["t", "w", "r", "b"], ["", "h"], [.. attributes]), Node("Squeeze", "y", ["h", "zero"]),
        ];
        OnnxImport import = Import(Of([1, Steps, Inputs], nodes, [w, r, b, OnnxWriter.Integers("zero", 0)]));
        Assert.Equal([type], import.Spec.Layers.Select(static layer => layer.Type.ToUpperInvariant()));

        float[] x = [.. Enumerable.Range(0, Steps * Inputs).Select(_ => (2 * random.NextSingle()) - 1)];
        float[] found = new ReferenceNetwork<float>(import.Spec).Predict(import.Parameters, x);
        double[] expected = Run(CellOf(type), gates, x, w.ToFloats(), r.ToFloats(), b.ToFloats());
        Assert.All(expected.Zip(found), static pair => Assert.Equal(pair.First, pair.Second, 3e-6));
        Assert.True(expected.Max(Math.Abs) > 0.1);
    }

    [Theory]
    [InlineData("direction", "runs in the direction bidirectional")]
    [InlineData("activations", "has the functions Sigmoid, Softsign; layers have Sigmoid, Tanh")]
    [InlineData("clip", "clips its sums")]
    [InlineData("reset", "resets the state before the product with its weights")]
    [InlineData("lengths", "has samples of different lengths")]
    [InlineData("state", "does not begin at a state of zeros")]
    [InlineData("weights", "has weights or biases of [1, 12, 4], where its others ask for [1, 12, 3]")]
    public void Cells_that_layers_are_not_are_named(string form, string problem)
    {
        OnnxAttribute[] attributes = form switch
        {
            "direction" => [new OnnxAttribute("direction", Text: "bidirectional")],
            "activations" => [new OnnxAttribute("activations", Texts: ["Sigmoid", "Softsign"])],
            "clip" => [OnnxAttribute.Of("clip", 3f)],
            _ => [],
        };
        string[] inputs = ["t", form == "weights" ? "r" : "w", "r", "", form == "lengths" ? "lengths" : "", form == "state" ? "first" : ""];
        OnnxNode[] nodes =
        [
            Node("Transpose", "t", ["x"], OnnxAttribute.Of("perm", 1L, 0, 2)),
            new OnnxNode("", "GRU", "", [.. inputs], ["", "h"], [.. attributes, OnnxAttribute.Of("linear_before_reset", form == "reset" ? 0L : 1)]), Node("Squeeze", "y", ["h", "zero"]),
        ];
        OnnxTensor[] tensors =
        [
            Tensor("w", 1, 3 * Units, Inputs), Tensor("r", 1, 3 * Units, Units), OnnxWriter.Integers("zero", 0), OnnxWriter.Integers("lengths", Steps - 1), Tensor("first", 1, 1, Units),
        ];
        StorageFormatException exception = Assert.Throws<StorageFormatException>(() => Import(Of([1, Steps, Inputs], nodes, tensors)));
        Assert.Contains("(GRU): " + problem, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>The operators' equations; <c>sum(gate, isHidden, unit)</c> is a gate's product with x or with h, bias included.</summary>
    private static Cell CellOf(string type) => type switch
    {
        "GRU" => static (sum, h, _) => ([.. h.Select((state, j) =>
        {
            double z = Sigmoid(sum(0, false, j) + sum(0, true, j)), r = Sigmoid(sum(1, false, j) + sum(1, true, j));
            return ((1 - z) * Math.Tanh(sum(2, false, j) + (r * sum(2, true, j)))) + (z * state);
        })], []),
        "LSTM" => static (sum, h, c) =>
        {
            double Gate(int gate, int j) => sum(gate, false, j) + sum(gate, true, j);
            double[] next = [.. c.Select((cell, j) => (Sigmoid(Gate(2, j)) * cell) + (Sigmoid(Gate(0, j)) * Math.Tanh(Gate(3, j))))];
            return ([.. next.Select((cell, j) => Sigmoid(Gate(1, j)) * Math.Tanh(cell))], next);
        }
        ,
        _ => static (sum, h, _) => ([.. h.Select((_, j) => Math.Tanh(sum(0, false, j) + sum(0, true, j)))], []),
    };

    private static double[] Run(Cell cell, int gates, float[] x, float[] w, float[] r, float[] b)
    {
        double[] h = new double[Units], c = new double[Units];
        for (int t = 0; t < Steps; t++)
        {
            double[] state = h;
            (h, c) = cell(
                (gate, isHidden, unit) =>
                {
                    int row = (gate * Units) + unit;
                    return isHidden
                        ? b[(gates * Units) + row] + Enumerable.Range(0, Units).Sum(j => (double)r[(row * Units) + j] * state[j])
                        : b[row] + Enumerable.Range(0, Inputs).Sum(k => (double)w[(row * Inputs) + k] * x[(t * Inputs) + k]);
                },
                state, c);
        }

        return h;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static OnnxTensor Draw(Random random, string name, params int[] shape)
        => OnnxWriter.Floats(name, [.. shape], [.. Enumerable.Range(0, shape.Aggregate(1, static (product, size) => product * size)).Select(_ => (2 * random.NextSingle()) - 1)]);
}
