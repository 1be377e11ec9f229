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
        [typeof(ConvTransposeSpec)] = static (export, layer) => ConvTranspose(export, (ConvTransposeSpec)layer),
        [typeof(PoolSpec)] = static (export, layer) => Pool(export, (PoolSpec)layer),
        [typeof(BatchNormSpec)] = static (export, layer) => BatchNorm(export, (BatchNormSpec)layer),
        [typeof(LayerNormSpec)] = static (export, layer) => LayerNorm(export, (LayerNormSpec)layer),
        [typeof(PReluSpec)] = PRelu,
        [typeof(ActivationLayerSpec)] = static (export, layer) => Unary(export, layer, (value, _) => OnnxActivation.Export(export, layer, ((ActivationLayerSpec)layer).Activation, value)),
        [typeof(DropoutSpec)] = static (export, layer) => Unary(export, layer, (value, _) => export.Node(layer, "Dropout", [value, export.Number(layer, "ratio", ((DropoutSpec)layer).Rate)])),
        [typeof(AddSpec)] = static (export, layer) => Join(export, layer, values => export.Node(layer, values.Length == 2 ? "Add" : "Sum", values)),
        [typeof(MultiplySpec)] = static (export, layer) => Join(export, layer, values => values.Aggregate((product, value) => export.Node(layer, "Mul", [product, value]))),
        [typeof(ConcatSpec)] = static (export, layer) => export.Set(layer, export.Node(layer, "Concat", layer.Sources.Select(export.ChannelsFirst), OnnxAttribute.Of("axis", 1L)), isChannelsFirst: true),
        [typeof(FlattenSpec)] = static (export, layer) => export.Set(layer, export.Node(layer, "Flatten", [export.ChannelsLast(layer.Sources[0])]), isChannelsFirst: false),
        [typeof(ReshapeSpec)] = Reshape,
        [typeof(RecurrentSpec)] = static (export, layer) => Recurrent(export, (RecurrentSpec)layer),
        [typeof(ResampleSpec)] = static (export, layer) => Resample(export, (ResampleSpec)layer),
        [typeof(SoftmaxSpec)] = static (export, layer) => Unary(export, layer, (value, isChannelsFirst) => export.Node(layer, "Softmax", [value], OnnxAttribute.Of("axis", isChannelsFirst ? 1L : -1))),
        [typeof(ScaleSpec)] = static (export, layer) => Scale(export, (ScaleSpec)layer),
        [typeof(NormalizationSpec)] = Normalization,
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
        if (layer.IsOverFrames)
        {
            DenseOverFrames(export, layer);
            return;
        }

        string[] inputs = [export.ChannelsLast(layer.Sources[0]), .. layer.Parameters.Select(parameter => export.Tensor(layer, parameter.Name))];
        string sums = export.Node(layer, "Gemm", inputs, OnnxAttribute.Of("transB", 1L));
        export.Set(layer, OnnxActivation.Export(export, layer, layer.Activation, sums), isChannelsFirst: false);
    }

    /// <summary>Gemm takes no frames; MatMul does, with the inputs first.</summary>
    private static void DenseOverFrames(OnnxExport export, DenseSpec layer)
    {
        string weight = export.Tensor(layer, "weight", [layer.Inputs, layer.Units], i => (i % layer.Units * layer.Inputs) + (i / layer.Units));
        string sums = export.Node(layer, "MatMul", [export.ChannelsLast(layer.Sources[0]), weight]);
        if (layer.HasBias)
            sums = export.Node(layer, "Add", [sums, export.Tensor(layer, "bias")]);
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

    /// <summary>
    /// The walk is that of the window over the output; what is left of the output behind what pads leave is output_padding, which is less
    /// than a step: whole steps are zeros behind the input, whose windows add nothing.
    /// </summary>
    private static void ConvTranspose(OnnxExport export, ConvTransposeSpec layer)
    {
        WindowAxis[] axes = AxesOf(layer.Window, layer.Input.Rank);
        int filters = layer.Filters, channels = layer.Channels, taps = layer.Window.Taps;
        string image = export.ChannelsFirst(layer.Sources[0]);
        long[] behind = [.. axes.Select(static axis => Math.Max(0, axis.Input - (long)axis.Position(axis.Output - 1, axis.Kernel - 1) - 1))];
        long[] steps = [.. behind.Zip(axes, static (rest, axis) => rest / axis.Stride)];
        if (steps.Any(static step => step > 0))
            image = export.Node(layer, "Pad", [image, export.Integers(layer, "zeros", [0, 0, .. axes.Select(static _ => 0L), 0, 0, .. steps])]);

        string weight = export.Tensor(
            layer, "weight", [channels, filters, .. axes.Select(static axis => axis.Kernel)], i => (i % (filters * taps) * channels) + (i / (filters * taps)));
        string[] inputs = [image, weight, .. layer.HasBias ? [export.Tensor(layer, "bias")] : Array.Empty<string>()];
        string sums = export.Node(
            layer, "ConvTranspose", inputs,
            [
                .. Window(axes),
                new OnnxAttribute("output_padding", Integers: [.. behind.Zip(axes, static (rest, axis) => rest % axis.Stride)]),
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

    /// <summary>Operators have frames before samples, directions in between, and two biases, of which the second is a gru's own for n.</summary>
    private static void Recurrent(OnnxExport export, RecurrentSpec layer)
    {
        int rows = layer.Gates * layer.Units;
        float[] second = new float[rows];
        if (layer.Kind == RecurrentKind.Gru)
            export.Values(layer, "bias_n").CopyTo(second.AsSpan(2 * layer.Units));

        string frames = export.Node(layer, "Transpose", [export.ChannelsLast(layer.Sources[0])], OnnxAttribute.Of("perm", 1L, 0, 2));
        string[] inputs =
        [
            frames,
            export.Numbers(layer, "weight_ih", [1, rows, layer.Inputs], RecurrentGates.Export(layer.Kind, export.Values(layer, "weight_ih"))),
            export.Numbers(layer, "weight_hh", [1, rows, layer.Units], RecurrentGates.Export(layer.Kind, export.Values(layer, "weight_hh"))),
            export.Numbers(layer, "bias", [1, 2 * rows], [.. RecurrentGates.Export(layer.Kind, export.Values(layer, "bias")), .. RecurrentGates.Export(layer.Kind, second)]),
        ];
        OnnxAttribute units = OnnxAttribute.Of("hidden_size", (long)layer.Units);
        OnnxAttribute[] attributes = layer.Kind == RecurrentKind.Gru ? [units, OnnxAttribute.Of("linear_before_reset", 1L)] : [units];
        string type = RecurrentGates.OperatorOf(layer.Kind), direction = export.Integers(layer, "direction", layer.ReturnSequences ? 1 : 0);
        string states = export.Node(layer, "Squeeze", [export.Node(layer, type, layer.ReturnSequences ? 0 : 1, inputs, attributes), direction]);
        export.Set(layer, layer.ReturnSequences ? export.Node(layer, "Transpose", [states], OnnxAttribute.Of("perm", 1L, 0, 2)) : states, isChannelsFirst: false);
    }

    private static void Resample(OnnxExport export, ResampleSpec layer)
    {
        ResampleAxis[] axes = layer.Input.Rank == 2 ? [layer.Horizontal] : [layer.Vertical, layer.Horizontal];
        string image = export.ChannelsFirst(layer.Sources[0]);
        if (layer.IsCropping)
        {
            string starts = export.Integers(layer, "starts", [.. axes.Select(static axis => (long)axis.First)]);
            string ends = export.Integers(layer, "ends", [.. axes.Select(static axis => (long)axis.First + axis.Output)]);
            string places = export.Integers(layer, "axes", [.. axes.Select(static (_, axis) => axis + 2L)]);
            export.Set(layer, export.Node(layer, "Slice", [image, starts, ends, places]), isChannelsFirst: true);
            return;
        }

        string scales = export.Numbers(layer, "scales", [axes.Length + 2], [1, 1, .. axes.Select(static axis => (float)axis.Repeats)]);
        string repeated = export.Node(
            layer, "Resize", [image, "", scales],
            OnnxAttribute.Of("mode", "nearest"), OnnxAttribute.Of("coordinate_transformation_mode", "asymmetric"), OnnxAttribute.Of("nearest_mode", "floor"));
        export.Set(layer, repeated, isChannelsFirst: true);
    }

    private static void Scale(OnnxExport export, ScaleSpec layer)
        => Unary(export, layer, (value, isChannelsFirst) => export.Node(layer, "Mul", [value, OfChannels(export, layer, "factor", [.. layer.Factors], isChannelsFirst)]));

    private static void Normalization(OnnxExport export, LayerSpec layer)
        => Unary(export, layer, (value, isChannelsFirst) =>
        {
            string[] tensors = [.. layer.Parameters.Select(tensor => OfChannels(export, layer, tensor.Name, export.Values(layer, tensor.Name), isChannelsFirst))];
            return export.Node(layer, "Div", [export.Node(layer, "Sub", [value, tensors[0]]), tensors[1]]);
        });

    /// <summary>One number for all, or one a channel, of a shape that is widened to the value's.</summary>
    private static string OfChannels(OnnxExport export, LayerSpec layer, string name, ReadOnlySpan<float> values, bool isChannelsFirst)
        => export.Numbers(layer, name, [values.Length, .. Enumerable.Repeat(1, isChannelsFirst ? layer.Input.Rank - 1 : 0)], values);

    /// <summary>A layer that works element by element, in whatever form its value is known.</summary>
    private static void Unary(OnnxExport export, LayerSpec layer, Func<string, bool, string> write)
    {
        int source = layer.Sources[0];
        bool isChannelsFirst = export.IsChannelsFirst(source);
        export.Set(layer, write(isChannelsFirst ? export.ChannelsFirst(source) : export.ChannelsLast(source), isChannelsFirst), isChannelsFirst);
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
