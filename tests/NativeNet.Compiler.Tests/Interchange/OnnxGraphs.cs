extern alias runner;

using NativeNet.Description;
using runner::NativeNet.Program.Interchange.Onnx;

namespace NativeNet.Compiler.Tests.Interchange;

/// <summary>Small graphs for tests.</summary>
internal static class OnnxGraphs
{
    /// <summary>A graph from <c>x</c> to <c>y</c>.</summary>
    /// <param name="input">The shape of <c>x</c>, the samples among its axes.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="initializers">Its constants.</param>
    /// <param name="opset">The version of its operators.</param>
    public static OnnxModel Of(int[] input, OnnxNode[] nodes, OnnxTensor[] initializers, int opset = 17) => new(
        opset, [.. nodes], [.. initializers],
        [new OnnxValueInfo("x", OnnxElementType.Float, [.. input.Select(static size => (int?)size)])],
        [new OnnxValueInfo("y", OnnxElementType.Float, [])]);

    /// <summary>A node with one output, named after its operator.</summary>
    public static OnnxNode Node(string type, string output, string[] inputs, params OnnxAttribute[] attributes)
        => new($"a {type}", type, "", [.. inputs], [output], [.. attributes]);

    /// <summary>A tensor of floats that count up, in hundredths.</summary>
    public static OnnxTensor Tensor(string name, params int[] shape)
        => OnnxWriter.Floats(name, [.. shape], [.. Enumerable.Range(1, shape.Aggregate(1, static (product, size) => product * size)).Select(static i => i * 0.01f)]);

    /// <summary>A number.</summary>
    public static OnnxTensor Number(string name, float value) => OnnxWriter.Floats(name, [], [value]);

    /// <summary>The network of a graph.</summary>
    public static OnnxImport Import(OnnxModel model) => OnnxImport.Of("g.onnx", new OnnxReader("g.onnx").Model(OnnxWriter.Write(model, "g", "0")));

    /// <summary>Its layers in words: types, with activations behind a plus.</summary>
    public static string[] Layers(OnnxModel model)
        => [.. Import(model).Spec.Layers.Select(static layer => layer is IActivatedLayer { Activation.Kind: not ActivationKind.None } activated && layer is not ActivationLayerSpec ? $"{layer.Type}+{activated.Activation.Kind}" : layer.Type)];
}
