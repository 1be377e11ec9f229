using System.Globalization;

namespace NativeNet.Description;

/// <summary>Writes a network as JSON of one line, the same text for the same network.</summary>
/// <remarks>
/// Generated code carries this text rather than the file's, so that moving white space in the file changes no output.
/// <see cref="NetworkSpec.Parse"/> reads it back as an equal network.
/// </remarks>
internal static class NetworkJson
{
    /// <summary>The JSON of <paramref name="spec"/>.</summary>
    /// <param name="spec">A network that passed validation.</param>
    public static string Write(NetworkSpec spec)
    {
        string layers = string.Join(",", spec.Layers.Select(layer => Write(layer, spec)));
        string loss = Vocabulary.WordFor(spec.Loss);
        string training = spec.Training is { } section ? TrainingJson.Write(section) : "";
        return $$"""{"input":[{{Numbers(spec.Input)}}],"layers":[{{layers}}],"loss":"{{loss}}","batchSize":{{Number(spec.BatchSize)}}{{training}}}""";
    }

    /// <summary>The same as a file for people: a line for each layer.</summary>
    /// <param name="spec">A network that passed validation.</param>
    public static string WriteFile(NetworkSpec spec)
    {
        string input = string.Join(", ", spec.Input.Dimensions.Select(Number));
        string layers = string.Join(",\n    ", spec.Layers.Select(layer => Write(layer, spec)));
        string training = spec.Training is { } section ? TrainingJson.Write(section).Insert(1, "\n  ") : "";
        return "{\n" + $"""
              "input": [{input}],
              "layers": [
                {layers}
              ],
              "loss": "{Vocabulary.WordFor(spec.Loss)}",
              "batchSize": {Number(spec.BatchSize)}{training}
            """ + "\n}\n";
    }

    private static string Write(LayerSpec layer, NetworkSpec network)
    {
        string name = layer.Name is { } given ? ",\"name\":" + Quote(given) : "";
        return $$"""{"type":"{{layer.Type}}"{{Keys(layer, network)}}{{name}}}""";
    }

    /// <summary>The keys of a layer besides its type and name, each with a comma before it.</summary>
    private static string Keys(LayerSpec layer, NetworkSpec network) => layer switch
    {
        DenseSpec dense => $$""","units":{{Number(dense.Units)}},{{Write(dense.Activation)}},{{Write(dense.Initializer)}}""",
        ConvSpec conv => Keys(conv),
        ActivationLayerSpec activated => "," + Write(activated.Activation),
        FlattenSpec or PReluSpec or PoolSpec { Kind: PoolKind.GlobalAverage } => "",
        PoolSpec pool => $$""","poolSize":{{KernelSize(pool, pool.Window)}},"strides":{{Strides(pool, pool.Window)}},"padding":{{Padding(pool, pool.Window)}}""",
        ReshapeSpec reshape => $$""","shape":[{{Numbers(reshape.Output)}}]""",
        AddSpec add => $$""","from":{{Quote(network.Layers[add.From].Name!)}}""",
        LayerNormSpec norm => $$""","epsilon":{{Number(norm.Epsilon)}}""",
        DropoutSpec dropout => $$""","rate":{{Number(dropout.Rate)}}""",
        BatchNormSpec norm => $$""","momentum":{{Number(norm.Momentum)}},"epsilon":{{Number(norm.Epsilon)}}""",
        _ => throw new ArgumentException("The layer has no JSON form.", nameof(layer)),
    };

    private static string Keys(ConvSpec conv)
        => $$""","filters":{{Number(conv.Filters)}},"kernelSize":{{KernelSize(conv, conv.Window)}},"strides":{{Strides(conv, conv.Window)}},"padding":{{Padding(conv, conv.Window)}},"dilation":{{Sides(conv, conv.Window, static axis => axis.Dilation)}},"groups":{{Number(conv.Groups)}},"bias":{{(conv.HasBias ? "true" : "false")}},{{Write(conv.Activation)}},{{Write(conv.Initializer)}}""";

    private static string Write(ActivationSpec activation)
    {
        string word = Vocabulary.Activations.WordFor(activation.Kind);
        string slope = activation.Kind == ActivationKind.LeakyRelu ? $$""","negativeSlope":{{Number(activation.NegativeSlope)}}""" : "";
        return $"\"activation\":\"{word}\"{slope}";
    }

    private static string Write(InitializerSpec initializer)
        => $"\"initializer\":\"{Vocabulary.Initializers.WordFor(initializer.Kind)}\",\"gain\":{Number(initializer.Gain)}";

    private static string KernelSize(LayerSpec layer, Window2D window) => Sides(layer, window, static axis => axis.Kernel);

    private static string Strides(LayerSpec layer, Window2D window) => Sides(layer, window, static axis => axis.Stride);

    /// <summary>Every padding is written as the word or the numbers that give the same windows again.</summary>
    private static string Padding(LayerSpec layer, Window2D window)
        => IsExplicit(window.Vertical) && IsExplicit(window.Horizontal) ? Sides(layer, window, static axis => axis.Before) : "\"same\"";

    /// <summary>Whether as many positions behind the input as before it give as many windows.</summary>
    private static bool IsExplicit(WindowAxis axis)
    {
        int rest = axis.Input + (2 * axis.Before) - axis.Reach;
        return rest >= 0 && axis.Before < axis.Reach && (rest / axis.Stride) + 1 == axis.Output;
    }

    /// <summary>What a window has on each side: one number for a signal, two for an image.</summary>
    private static string Sides(LayerSpec layer, Window2D window, Func<WindowAxis, int> side)
        => layer.Input.Rank == 2 ? Number(side(window.Horizontal)) : $"[{Number(side(window.Vertical))},{Number(side(window.Horizontal))}]";

    private static string Numbers(Shape shape) => string.Join(",", shape.Dimensions.Select(Number));

    /// <summary>A text in double quotes; whatever is not plain ASCII is escaped.</summary>
    private static string Quote(string text)
        => "\"" + string.Concat(text.Select(static c => c is >= ' ' and <= '~' and not ('"' or '\\')
            ? c.ToString()
            : string.Format(CultureInfo.InvariantCulture, "\\u{0:X4}", (int)c))) + "\"";

    /// <summary>An integer in digits.</summary>
    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Nine digits give a float back; the file's numbers are read as doubles and rounded, which keeps them.</summary>
    public static string Number(float value) => value.ToString("G9", CultureInfo.InvariantCulture);
}
