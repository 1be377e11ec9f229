extern alias runner;

using NativeNet.Description;
using NativeNet.Reference;
using NativeNet.Storage;
using runner::NativeNet.Program.Interchange.Onnx;
using static NativeNet.Compiler.Tests.Interchange.OnnxGraphs;

namespace NativeNet.Compiler.Tests.Interchange;

/// <summary>Which layers a graph becomes, and what is said of those that it does not.</summary>
public sealed class OnnxImportTests
{
    private static readonly OnnxTensor[] Dense = [Tensor("w", 5, 4), Tensor("b", 4)];

    [Fact]
    public void Sums_take_the_biases_and_activations_behind_them()
        => Assert.Equal(["dense+Relu"], Layers(Of([1, 5], [Node("MatMul", "m", ["x", "w"]), Node("Add", "a", ["b", "m"]), Node("Relu", "y", ["a"])], Dense)));

    [Fact]
    public void Bounds_become_relu6_or_clip()
    {
        OnnxTensor[] bounds = [.. Dense, Number("0", 0), Number("6", 6)];
        Assert.Equal(["dense+Relu6"], Layers(Of([1, 5], [Node("MatMul", "m", ["x", "w"]), Node("Clip", "y", ["m", "0", "6"])], bounds)));
        Assert.Equal(["dense+Clip"], Layers(Of([1, 5], [Node("MatMul", "m", ["x", "w"]), Node("Clip", "y", ["m", "", "6"])], bounds)));
        Assert.Equal(["dense+Relu"], Layers(Of([1, 5], [Node("MatMul", "m", ["x", "w"]), Node("Clip", "y", ["m", "0"])], bounds)));
    }

    [Fact]
    public void What_two_nodes_read_stays_apart()
        => Assert.Equal(
            ["dense", "batchNorm", "add"],
            Layers(Of([1, 5], [Node("MatMul", "m", ["x", "w"]), Node("Add", "a", ["m", "b"]), Node("Add", "y", ["a", "m"])], Dense)));

    [Theory]
    [InlineData("silu", ActivationKind.Silu)]
    [InlineData("silu by division", ActivationKind.Silu)]
    [InlineData("gelu as PyTorch writes it", ActivationKind.Gelu)]
    [InlineData("hardSwish with Clip", ActivationKind.HardSwish)]
    [InlineData("hardSwish with HardSigmoid", ActivationKind.HardSwish)]
    [InlineData("leaky relu", ActivationKind.LeakyRelu)]
    [InlineData("softplus", ActivationKind.Softplus)]
    public void An_activation_is_known_however_it_is_written(string form, ActivationKind expected)
    {
        OnnxNode[] nodes = form switch
        {
            "silu" => [Node("Sigmoid", "s", ["m"]), Node("Mul", "y", ["s", "m"])],
            "silu by division" => [Node("Neg", "n", ["m"]), Node("Exp", "e", ["n"]), Node("Add", "p", ["e", "1"]), Node("Div", "y", ["m", "p"])],
            "gelu as PyTorch writes it" =>
            [
                Node("Pow", "c", ["m", "3"]), Node("Mul", "d", ["c", "0.044715"]), Node("Add", "e", ["m", "d"]), Node("Mul", "f", ["e", "0.7978846"]),
                Node("Tanh", "g", ["f"]), Node("Add", "h", ["g", "1"]), Node("Mul", "i", ["m", "h"]), Node("Mul", "y", ["i", "0.5"]),
            ],
            "hardSwish with Clip" => [Node("Add", "p", ["m", "3"]), Node("Clip", "c", ["p", "0", "6"]), Node("Mul", "q", ["m", "c"]), Node("Div", "y", ["q", "6"])],
            "hardSwish with HardSigmoid" => [Node("HardSigmoid", "s", ["m"], OnnxAttribute.Of("alpha", 1 / 6f)), Node("Mul", "y", ["m", "s"])],
            "leaky relu" => [Node("Mul", "s", ["m", "0.25"]), Node("Max", "y", ["m", "s"])],
            _ => [Node("Exp", "e", ["m"]), Node("Add", "p", ["e", "1"]), Node("Log", "y", ["p"])],
        };
        string[] numbers = ["0", "1", "3", "6", "0.044715", "0.7978846", "0.5", "0.25"];
        OnnxImport import = Import(Of(
            [1, 5], [Node("MatMul", "m", ["x", "w"]), .. nodes],
            [.. Dense, .. numbers.Select(static number => Number(number, float.Parse(number, System.Globalization.CultureInfo.InvariantCulture)))]));

        Assert.Equal(expected, Assert.IsType<DenseSpec>(Assert.Single(import.Spec.Layers)).Activation.Kind);
    }

    [Fact]
    public void A_function_that_is_almost_an_activation_is_none()
    {
        OnnxNode[] nodes = [Node("MatMul", "m", ["x", "w"]), Node("Mul", "t", ["m", "n"]), Node("Sigmoid", "s", ["t"]), Node("Mul", "y", ["s", "m"])];
        Assert.Equal(["dense", "batchNorm", "activation", "multiply"], Layers(Of([1, 5], nodes, [.. Dense, Number("n", 1.001f)])));
    }

    [Fact]
    public void Padding_becomes_the_convolutions_own()
    {
        OnnxImport import = Import(Of(
            [1, 2, 6, 6],
            [Node("Pad", "p", ["x", "pads"]), Node("Conv", "y", ["p", "k"], OnnxAttribute.Of("pads", 0L, 1, 0, 1))],
            [OnnxWriter.Integers("pads", 0, 0, 1, 0, 0, 0, 1, 0), Tensor("k", 3, 2, 3, 3)]));

        var conv = Assert.IsType<ConvSpec>(Assert.Single(import.Spec.Layers));
        Assert.Equal((1, 1, 6, 6), (conv.Window.Vertical.Before, conv.Window.Horizontal.Before, conv.Window.Vertical.Output, conv.Window.Horizontal.Output));
    }

    /// <summary>An image that is flattened channels first, as PyTorch's models are, gives what the definition says.</summary>
    [Fact]
    public void Weights_behind_a_flattened_image_follow_its_channels()
    {
        OnnxModel model = Of(
            [1, 2, 2, 3],
            [
                Node("Conv", "c", ["x", "k"]), Node("Flatten", "f", ["c"]), Node("Gemm", "y", ["f", "w", "b"], OnnxAttribute.Of("transB", 1L), OnnxAttribute.Of("alpha", 2f), OnnxAttribute.Of("beta", 3f)),
            ],
            [Tensor("k", 2, 2, 1, 1), Tensor("w", 4, 12), Tensor("b", 4)]);
        float[] x = [.. Enumerable.Range(0, 12).Select(static i => (i % 5) - 2f)];
        OnnxImport import = Import(model);
        int[] positions = import.Input.Positions()!;
        float[] scores = new ReferenceNetwork<float>(import.Spec).Predict(import.Parameters, [.. positions.Select(position => x[position])]);

        double[] convolved = [.. Enumerable.Range(0, 12).Select(i => Enumerable.Range(0, 2).Sum(c => 0.01 * ((2 * (i / 6)) + c + 1) * x[(6 * c) + (i % 6)]))];
        double[] expected = [.. Enumerable.Range(0, 4).Select(n => (2 * Enumerable.Range(0, 12).Sum(i => 0.01 * ((12 * n) + i + 1) * convolved[i])) + (3 * 0.01 * (n + 1)))];
        Assert.All(expected.Zip(scores), static pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.True(expected.Max(Math.Abs) > 0.1);
    }

    [Fact]
    public void A_softmax_at_the_end_becomes_the_losss()
    {
        OnnxImport import = Import(Of([1, 5], [Node("MatMul", "m", ["x", "w"]), Node("Softmax", "y", ["m"])], Dense));
        Assert.Equal(LossKind.SoftmaxCrossEntropy, import.Spec.Loss);
        Assert.Equal(FinalFunction.Softmax, import.Final);
        Assert.Contains("left out", Assert.Single(import.Report), StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_are_worked_out_of_shapes()
    {
        OnnxNode[] nodes =
        [
            Node("Conv", "c", ["x", "k"]), Node("Shape", "s", ["c"]), Node("Gather", "n", ["s", "zero"], OnnxAttribute.Of("axis", 0L)),
            Node("Unsqueeze", "u", ["n", "zeros"]), Node("Concat", "t", ["u", "rest"], OnnxAttribute.Of("axis", 0L)), Node("Reshape", "f", ["c", "t"]), Node("MatMul", "y", ["f", "w"]),
        ];
        OnnxTensor zero = OnnxWriter.Integers("zero", 0) with { Dimensions = [] };
        Assert.Equal(["conv2d", "flatten", "dense"], Layers(Of([1, 1, 3, 3], nodes, [Tensor("k", 2, 1, 2, 2), Tensor("w", 8, 3), zero, OnnxWriter.Integers("zeros", 0), OnnxWriter.Integers("rest", -1)])));
    }

    [Theory]
    [InlineData("LSTMCell", "node 'a LSTMCell' (LSTMCell): has no layer that computes it; ")]
    [InlineData("Mish", "node 'a Mish' (Mish): has no layer that computes it; train with silu")]
    [InlineData("Clip", "node 'a Clip' (Clip): leaves no values between its bounds; ")]
    [InlineData("Softmax", "node 'a Softmax' (Softmax): stands elsewhere than over the scores at the end; ")]
    [InlineData("Gelu", "node 'a Gelu' (Gelu): is gelu by the error function; ")]
    [InlineData("Relu?", "node 'a Relu' (Relu): has an attribute 'extra', which is not understood; ")]
    [InlineData("MatMul2", "node 'a MatMul' (MatMul): multiplies something else than samples with a constant matrix; ")]
    [InlineData("cycle", "node 'a Add' (Add): reads 'y', which no node before it gives; the nodes must stand in order, without a cycle")]
    [InlineData("contrib", "node 'a Gelu' (Gelu): is an operator of 'com.microsoft'")]
    public void What_has_no_layer_is_named_with_its_node_and_a_way_out(string form, string message)
    {
        OnnxNode[] last = form switch
        {
            "Clip" => [Node("Clip", "y", ["m", "6", "0"])],
            "Softmax" => [Node("Softmax", "s", ["m"]), Node("Relu", "y", ["s"])],
            "Relu?" => [Node("Relu", "y", ["m"], OnnxAttribute.Of("extra", 1L))],
            "MatMul2" => [Node("MatMul", "y", ["m", "m"])],
            "cycle" => [Node("Add", "z", ["m", "y"]), Node("Relu", "y", ["z"])],
            "contrib" => [Node("Gelu", "y", ["m"]) with { Domain = "com.microsoft" }],
            _ => [Node(form, "y", ["m"])],
        };
        StorageFormatException exception = Assert.Throws<StorageFormatException>(() => Import(Of([1, 5], [Node("MatMul", "m", ["x", "w"]), .. last], [.. Dense, Number("0", 0), Number("6", 6)])));
        Assert.StartsWith("g.onnx: " + message, exception.Message, StringComparison.Ordinal);
    }
}
