using NativeNet.Description.Json;
using NativeNet.Description.Layers;
using NativeNet.Description.Syntax;
using NativeNet.Description.Validation;

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
        string loss = spec.Loss is { } kind ? $"\"loss\":\"{Vocabulary.WordFor(kind)}\"," : "";
        string classes = spec.Classes.Count > 0 ? NetworkSyntax.Classes.Write(spec.Classes) : "";
        string training = spec.Training is { } section ? TrainingJson.Write(section) : "";
        string budget = spec.Budget is { } bounds ? BudgetSection.Write(bounds) : "";
        return $$"""{"input":{{JsonText.ArrayOf(spec.Input.Dimensions.Select(JsonText.Of))}},"layers":[{{layers}}],{{loss}}"batchSize":{{JsonText.Of(spec.BatchSize)}}{{classes}}{{training}}{{budget}}}""";
    }

    /// <summary>The same as a file for people: a line for each layer.</summary>
    /// <param name="spec">A network that passed validation.</param>
    public static string WriteFile(NetworkSpec spec)
    {
        string input = string.Join(", ", spec.Input.Dimensions.Select(JsonText.Of));
        string layers = string.Join(",\n    ", spec.Layers.Select(layer => Write(layer, spec)));
        string loss = spec.Loss is { } kind ? $"\"loss\": \"{Vocabulary.WordFor(kind)}\",\n  " : "";
        string classes = spec.Classes.Count > 0 ? NetworkSyntax.Classes.Write(spec.Classes).Insert(1, "\n  ") : "";
        string training = spec.Training is { } section ? TrainingJson.Write(section).Insert(1, "\n  ") : "";
        string budget = spec.Budget is { } bounds ? BudgetSection.Write(bounds).Insert(1, "\n  ") : "";
        return "{\n" + $"""
              "input": [{input}],
              "layers": [
                {layers}
              ],
              {loss}"batchSize": {JsonText.Of(spec.BatchSize)}{classes}{training}{budget}
            """ + "\n}\n";
    }

    private static string Write(LayerSpec layer, NetworkSpec network)
    {
        string keys = LayerTable.Forms[layer.Type].Write(layer, NameOf);
        string trainable = layer.Trainable == TrainableParts.All ? "" : LayerForm.Trainable.Write(layer.Trainable);
        string name = layer.Name is { } given ? LayerForm.Name.Write(given) : "";
        return $$"""{"type":{{JsonText.Of(layer.Type)}}{{keys}}{{trainable}}{{name}}}""";

        string NameOf(int source) => source < 0
            ? LayerNames.Input
            : network.Layers[source].Name ?? throw new ArgumentException($"Layer {JsonText.Of(layer.Index)} reads layer {JsonText.Of(source)}, which has no name.", nameof(network));
    }
}
