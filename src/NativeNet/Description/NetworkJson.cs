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
        string input = string.Join(",", spec.Input.Dimensions.Select(Number));
        string layers = string.Join(",", spec.Layers.Select(Write));
        string loss = Vocabulary.WordFor(spec.Loss);
        string training = spec.Training is { } section ? TrainingJson.Write(section) : "";
        return $$"""{"input":[{{input}}],"layers":[{{layers}}],"loss":"{{loss}}","batchSize":{{Number(spec.BatchSize)}}{{training}}}""";
    }

    private static string Write(LayerSpec layer) => layer switch
    {
        DenseSpec dense => Write(dense),
        FlattenSpec => """{"type":"flatten"}""",
        _ => throw new ArgumentException("The layer has no JSON form.", nameof(layer)),
    };

    private static string Write(DenseSpec dense)
    {
        string activation = Vocabulary.Activations.WordFor(dense.Activation.Kind);
        string slope = dense.Activation.Kind == ActivationKind.LeakyRelu
            ? $$""","negativeSlope":{{Number(dense.Activation.NegativeSlope)}}"""
            : "";
        string initializer = Vocabulary.Initializers.WordFor(dense.Initializer.Kind);
        return $$"""{"type":"dense","units":{{Number(dense.Units)}},"activation":"{{activation}}"{{slope}},"initializer":"{{initializer}}","gain":{{Number(dense.Initializer.Gain)}}}""";
    }

    /// <summary>An integer in digits.</summary>
    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Nine digits give a float back; the file's numbers are read as doubles and rounded, which keeps them.</summary>
    public static string Number(float value) => value.ToString("G9", CultureInfo.InvariantCulture);
}
