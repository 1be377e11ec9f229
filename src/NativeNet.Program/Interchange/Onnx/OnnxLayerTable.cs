using System.Globalization;
using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>The layers that have operators, and what writes them.</summary>
internal static class OnnxLayerTable
{
    private static readonly Dictionary<Type, Action<OnnxExport, LayerSpec>> Layers = new()
    {
        [typeof(DenseSpec)] = static (export, layer) => Dense(export, (DenseSpec)layer),
        [typeof(ConvSpec)] = static (export, layer) => Conv(export, (ConvSpec)layer),
        [typeof(PoolSpec)] = static (export, layer) => Pool(export, (PoolSpec)layer),
        [typeof(BatchNormSpec)] = static (export, layer) => BatchNorm(export, (BatchNormSpec)layer),
        [typeof(LayerNormSpec)] = static (export, layer) => LayerNorm(export, (LayerNormSpec)layer),
        [typeof(PReluSpec)] = PRelu,
        [typeof(ActivationLayerSpec)] = static (export, layer) => Unary(export, layer, value => OnnxActivation.Export(export, layer, ((ActivationLayerSpec)layer).Activation, value)),
        [typeof(DropoutSpec)] = static (export, layer) => Unary(export, layer, value => export.Node(layer, "Dropout", [value, export.Number(layer, "ratio", ((DropoutSpec)layer).Rate)])),
        [typeof(AddSpec)] = static (export, layer) => Join(export, layer, values => export.Node(layer, values.Length == 2 ? "Add" : "Sum", values)),
        [typeof(MultiplySpec)] = static (export, layer) => Join(export, layer, values => values.Aggregate((product, value) => export.Node(layer, "Mul", [product, value]))),
        [typeof(ConcatSpec)] = static (export, layer) => export.Set(layer, export.Node(layer, "Concat", layer.Sources.Select(export.ChannelsFirst), OnnxAttribute.Of("axis", 1L)), isChannelsFirst: true),
        [typeof(FlattenSpec)] = static (export, layer) => export.Set(layer, export.Node(layer, "Flatten", [export.ChannelsLast(layer.Sources[0])]), isChannelsFirst: false),
        [typeof(ReshapeSpec)] = Reshape,
    };

    /// <summary>Adds the nodes of a layer.</summary>
    /// <param name="export">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <exception cref="StorageFormatException">It has no operator.</exception>
    public static void Export(OnnxExport export, LayerSpec layer)
    {
        if (!Layers.TryGetValue(layer.GetType(), out Action<OnnxExport, LayerSpec>? add))
            throw new StorageFormatException(string.Create(CultureInfo.InvariantCulture, $"layer {layer.Index}, {layer.Type}, has no operator of ONNX yet"));
        add(export, layer);
    }

    private static void Dense(OnnxExport export, DenseSpec layer)
    {
        string[] inputs = [export.ChannelsLast(layer.Sources[0]), .. layer.Parameters.Select(parameter => export.Tensor(layer, parameter.Name))];
        string sums = export.Node(layer, "Gemm", inputs, OnnxAttribute.Of("transB", 1L));
        export.Set(layer, OnnxActivation.Export(export, layer, layer.Activation, sums), isChannelsFirst: false);
    }

    private static void Conv(OnnxExport export, ConvSpec layer)
    {
        WindowAxis[] axes = AxesOf(layer.Window, layer.Input.Rank);
        int channels = layer.GroupChannels, taps = layer.Window.Taps, filter = channels * taps;
        string weight = export.Tensor(
            layer, "weight", [layer.Filters, channels, .. axes.Select(static axis => axis.Kernel)], i => i - (i % filter) + (i % taps * channels) + (i % filter / taps));
        string[] inputs = [export.ChannelsFirst(layer.Sources[0]), weight, .. layer.HasBias ? [export.Tensor(layer, "bias")] : Array.Empty<string>()];
        string sums = export.Node(
            layer, "Conv", inputs,
            [
                .. Window(axes), OnnxAttribute.Of("group", (long)layer.Groups),
                new OnnxAttribute("dilations", Integers: [.. axes.Select(static axis => (long)axis.Dilation)]),
            ]);
        export.Set(layer, OnnxActivation.Export(export, layer, layer.Activation, sums), isChannelsFirst: true);
    }

    private static void Pool(OnnxExport export, PoolSpec layer)
    {
        string image = export.ChannelsFirst(layer.Sources[0]), type = layer.Kind == PoolKind.Max ? "MaxPool" : "AveragePool";
        if (layer.IsGlobal)
        {
            export.Set(layer, export.Node(layer, "Flatten", [export.Node(layer, "Global" + type, [image])]), isChannelsFirst: false);
            return;
        }

        OnnxAttribute[] window = Window(AxesOf(layer.Window, layer.Input.Rank));
        export.Set(layer, export.Node(layer, type, [image], layer.CountsPadding ? [.. window, OnnxAttribute.Of("count_include_pad", 1L)] : window), isChannelsFirst: true);
    }

    private static void BatchNorm(OnnxExport export, BatchNormSpec layer)
    {
        string[] inputs = [export.ChannelsFirst(layer.Sources[0]), .. layer.Parameters.Select(parameter => export.Tensor(layer, parameter.Name))];

        // Decimals, so that 0.1 becomes 0.9 and comes back.
        float kept = (float)(1 - (decimal)layer.Momentum);
        export.Set(layer, export.Node(layer, "BatchNormalization", inputs, OnnxAttribute.Of("epsilon", layer.Epsilon), OnnxAttribute.Of("momentum", kept)), isChannelsFirst: true);
    }

    private static void LayerNorm(OnnxExport export, LayerNormSpec layer)
    {
        string[] inputs = [export.ChannelsLast(layer.Sources[0]), export.Tensor(layer, "weight"), export.Tensor(layer, "bias")];
        export.Set(layer, export.Node(layer, "LayerNormalization", inputs, OnnxAttribute.Of("axis", -1L), OnnxAttribute.Of("epsilon", layer.Epsilon)), isChannelsFirst: false);
    }

    private static void PRelu(OnnxExport export, LayerSpec layer)
    {
        string[] inputs = [export.ChannelsLast(layer.Sources[0]), export.Tensor(layer, "slope")];
        export.Set(layer, export.Node(layer, "PRelu", inputs), isChannelsFirst: false);
    }

    private static void Reshape(OnnxExport export, LayerSpec layer)
    {
        string shape = export.Integers(layer, "shape", [0, .. layer.Output.Dimensions.Select(static side => (long)side)]);
        export.Set(layer, export.Node(layer, "Reshape", [export.ChannelsLast(layer.Sources[0]), shape]), isChannelsFirst: false);
    }

    /// <summary>A layer that works element by element, in whatever form its value is known.</summary>
    private static void Unary(OnnxExport export, LayerSpec layer, Func<string, string> write)
    {
        int source = layer.Sources[0];
        bool isChannelsFirst = export.IsChannelsFirst(source);
        export.Set(layer, write(isChannelsFirst ? export.ChannelsFirst(source) : export.ChannelsLast(source)), isChannelsFirst);
    }

    private static void Join(OnnxExport export, LayerSpec layer, Func<string[], string> write)
    {
        bool isChannelsFirst = export.IsChannelsFirst(layer.Sources[0]);
        export.Set(layer, write([.. layer.Sources.Select(source => isChannelsFirst ? export.ChannelsFirst(source) : export.ChannelsLast(source))]), isChannelsFirst);
    }

    private static WindowAxis[] AxesOf(Window2D window, int rank) => rank == 2 ? [window.Horizontal] : [window.Vertical, window.Horizontal];

    private static OnnxAttribute[] Window(WindowAxis[] axes) =>
    [
        new("kernel_shape", Integers: [.. axes.Select(static axis => (long)axis.Kernel)]),
        new("strides", Integers: [.. axes.Select(static axis => (long)axis.Stride)]),
        new("pads", Integers: [.. axes.Select(static axis => (long)axis.Before), .. axes.Select(static axis => (long)Math.Max(0, axis.Position(axis.Output - 1, axis.Kernel - 1) + 1 - axis.Input))]),
    ];
}
