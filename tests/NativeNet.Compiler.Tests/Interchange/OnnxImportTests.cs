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

    private static readonly OnnxTensor[] Places = [OnnxWriter.Integers("starts", 1), OnnxWriter.Integers("ends", 3), OnnxWriter.Integers("axes", 1), OnnxWriter.Integers("places", 0, 2)];

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
        Assert.Equal(["dense", "scale", "activation", "multiply"], Layers(Of([1, 5], nodes, [.. Dense, Number("n", 1.001f)])));
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

    /// <summary>Windows over zeros add nothing: what they would reach is taken away less before the image, and is left behind it.</summary>
    [Fact]
    public void Zeros_around_an_image_move_the_edges_of_a_transposed_convolution()
    {
        OnnxImport import = Import(Of(
            [1, 2, 3, 4],
            [Node("Pad", "p", ["x", "pads"]), Node("ConvTranspose", "y", ["p", "k", "b"], OnnxAttribute.Of("strides", 2L, 2), OnnxAttribute.Of("pads", 3L, 0, 0, 0))],
            [OnnxWriter.Integers("pads", 0, 0, 1, 0, 0, 0, 0, 2), Tensor("k", 2, 2, 3, 2), Tensor("b", 2)]));

        Assert.Equal(Shape.Of(6, 12, 2), Assert.IsType<ConvTransposeSpec>(Assert.Single(import.Spec.Layers)).Output);
        float[] x = [.. Enumerable.Range(0, 24).Select(static i => (i % 5) - 2f)];
        float[] scores = new ReferenceNetwork<float>(import.Spec).Predict(import.Parameters, [.. import.Input.Positions()!.Select(position => x[position])]);

        double[] expected = [.. Enumerable.Range(0, scores.Length).Select(static i => 0.01 * ((i % 2) + 1))];
        for (int i = 0; i < 24 * 2 * 6; i++)
        {
            (int channel, int row, int column, int filter, int down, int across) = (i / 144, i / 48 % 3, i / 12 % 4, i / 6 % 2, i / 2 % 3, i % 2);
            int r = (2 * (row + 1)) + down - 3, c = (2 * column) + across;
            if (r >= 0)
                expected[(((r * 12) + c) * 2) + filter] += x[(channel * 12) + (row * 4) + column] * 0.01 * ((channel * 12) + (filter * 6) + (down * 2) + across + 1);
        }

        Assert.All(expected.Zip(scores), static pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.True(expected.Max(Math.Abs) > 0.5);
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
        Assert.True(expected.Max(Math.Abs) > 0.005);
    }

    /// <summary>What is normalized by constants, cut, repeated and shared out has layers, some of them two.</summary>
    [Theory]
    [InlineData("normalize", "normalization conv2d")]
    [InlineData("pixels", "scale conv2d")]
    [InlineData("slice", "conv2d cropping2d")]
    [InlineData("split", "conv2d reshape cropping2d cropping2d multiply")]
    [InlineData("resize", "conv2d upsample2d")]
    [InlineData("one side", "conv2d cropping2d")]
    [InlineData("cut", "conv2d cropping2d")]
    [InlineData("shares", "conv2d softmax activation")]
    [InlineData("selu", "conv2d scale")]
    [InlineData("hard sigmoid", "conv2d batchNorm activation")]
    [InlineData("padded mean", "conv2d averagePool2d")]
    [InlineData("greatest", "conv2d globalMaxPool")]
    public void Operators_of_images_become_these_layers(string form, string layers)
    {
        OnnxNode conv = Node("Conv", "c", ["x", "k"]);
        OnnxNode[] nodes = form switch
        {
            "normalize" => [Node("Sub", "s", ["x", "mean"]), Node("Div", "d", ["s", "deviation"]), Node("Conv", "y", ["d", "k"])],
            "pixels" => [Node("Div", "d", ["x", "255"]), Node("Conv", "y", ["d", "k"])],
            "slice" => [conv, Node("Slice", "y", ["c", "starts", "ends", "rows"])],
            "split" => [conv, new OnnxNode("", "Split", "", ["c"], ["one", "two"], [OnnxAttribute.Of("axis", 1L)]), Node("Mul", "y", ["one", "two"])],
            "resize" => [conv, Node("Resize", "y", ["c", "", "scales"], OnnxAttribute.Of("coordinate_transformation_mode", "asymmetric"), OnnxAttribute.Of("nearest_mode", "floor"))],
            "one side" => [Node("Conv", "y", ["x", "k3"], OnnxAttribute.Of("pads", 2L, 0, 0, 0))],
            "cut" => [conv, Node("Pad", "y", ["c", "pads"])],
            "shares" => [conv, Node("Softmax", "s", ["c"], OnnxAttribute.Of("axis", 1L)), Node("Relu", "y", ["s"])],
            "selu" => [conv, Node("Selu", "y", ["c"])],
            "hard sigmoid" => [conv, Node("HardSigmoid", "y", ["c"])],
            "padded mean" => [conv, Node("Pad", "p", ["c", "around"]), Node("AveragePool", "y", ["p"], OnnxAttribute.Of("kernel_shape", 2L, 2))],
            _ => [conv, Node("ReduceMax", "y", ["c"], OnnxAttribute.Of("axes", 2L, 3), OnnxAttribute.Of("keepdims", 0L))],
        };
        OnnxModel model = Of(
            [1, 2, 6, 5], nodes,
            [
                Tensor("k", 4, 2, 1, 1), Tensor("k3", 4, 2, 3, 1), Tensor("mean", 2, 1, 1), Tensor("deviation", 2, 1, 1), Number("255", 255), OnnxWriter.Integers("rows", 2),
                OnnxWriter.Floats("scales", [4], [1, 1, 2, 3]), OnnxWriter.Integers("pads", 0, 0, 0, -1, 0, 0, -2, 0), OnnxWriter.Integers("around", 0, 0, 1, 0, 0, 0, 1, 0), .. Places,
            ]);
        Assert.Equal(layers.Split(' '), Layers(model).Select(static layer => layer.Split('+')[0]));
    }

    [Fact]
    public void Frames_may_stand_before_samples_and_the_last_be_taken_in_many_ways()
    {
        OnnxTensor[] tensors = [Tensor("w", 1, 12, 3), Tensor("r", 1, 12, 4), Tensor("v", 4, 2), OnnxWriter.Integers("one", 1), OnnxWriter.Integers("last", -1) with { Dimensions = [] }];
        OnnxAttribute reset = OnnxAttribute.Of("linear_before_reset", 1L);
        var gru = new OnnxNode("", "GRU", "", ["x", "w", "r"], ["all", "end"], [reset]);
        OnnxNode[] states = [gru, Node("Squeeze", "s", ["all", "one"]), Node("Gather", "g", ["s", "last"], OnnxAttribute.Of("axis", 0L)), Node("MatMul", "y", ["g", "v"])];
        OnnxNode[] end = [gru, Node("Reshape", "g", ["end", "shape"]), Node("MatMul", "y", ["g", "v"])];

        OnnxImport all = Import(Of([5, 7, 3], states, tensors));
        Assert.Equal((1, 5 * 3), (all.Input.BatchAxis, all.Spec.Input.Length));
        Assert.Equal(["gru", "cropping1d", "flatten", "dense"], all.Spec.Layers.Select(static layer => layer.Type));
        Assert.Equal(["gru", "dense"], Layers(Of([5, 7, 3], end, [.. tensors, OnnxWriter.Integers("shape", 7, 4)])));
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
    [InlineData("Softmax", "node 'a Softmax' (Softmax): shares among elements that are not the channels here; ")]
    [InlineData("LogSoftmax", "node 'a LogSoftmax' (LogSoftmax): stands elsewhere than at the end; the loss includes it; ")]
    [InlineData("Slice", "node 'a Slice' (Slice): leaves nothing of an axis; ")]
    [InlineData("Gather", "node 'a Gather' (Gather): gathers elements that do not follow each other; ")]
    [InlineData("ReduceSum", "node 'a ReduceSum' (ReduceSum): takes samples together; ")]
    [InlineData("Gelu", "node 'a Gelu' (Gelu): is gelu by the error function; ")]
    [InlineData("Relu?", "node 'a Relu' (Relu): has an attribute 'extra', which is not understood; ")]
    [InlineData("MatMul2", "node 'a MatMul' (MatMul): multiplies something else than samples with a constant matrix; ")]
    [InlineData("cycle", "node 'a Add' (Add): reads 'y', which no node before it gives; the nodes must stand in order, without a cycle")]
    public void What_has_no_layer_is_named_with_its_node_and_a_way_out(string form, string message)
    {
        OnnxNode[] last = form switch
        {
            "Clip" => [Node("Clip", "y", ["m", "6", "0"])],
            "Softmax" => [Node("Softmax", "y", ["m"], OnnxAttribute.Of("axis", 0L))],
            "LogSoftmax" => [Node("LogSoftmax", "s", ["m"]), Node("Relu", "y", ["s"])],
            "Slice" => [Node("Slice", "y", ["m", "ends", "starts", "axes"])],
            "Gather" => [Node("Gather", "y", ["m", "places"], OnnxAttribute.Of("axis", 1L))],
            "ReduceSum" => [Node("ReduceSum", "y", ["m"])],
            "Relu?" => [Node("Relu", "y", ["m"], OnnxAttribute.Of("extra", 1L))],
            "MatMul2" => [Node("MatMul", "y", ["m", "m"])],
            "cycle" => [Node("Add", "z", ["m", "y"]), Node("Relu", "y", ["z"])],
            _ => [Node(form, "y", ["m"])],
        };
        StorageFormatException exception = Assert.Throws<StorageFormatException>(() => Import(Of([1, 5], [Node("MatMul", "m", ["x", "w"]), .. last], [.. Dense, Number("0", 0), Number("6", 6), .. Places])));
        Assert.StartsWith("g.onnx: " + message, exception.Message, StringComparison.Ordinal);
    }
}
