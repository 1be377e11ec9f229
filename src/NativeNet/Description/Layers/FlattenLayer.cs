using NativeNet.Description.Json;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "flatten" }</c>: reads a sample of any shape as one vector.</summary>
internal sealed class FlattenLayer() : LayerForm("a flatten layer")
{
    public override bool HasParameters => false;

    public override bool GivesScores => false;

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        if (place.Input is not { } input)
            return default;

        var output = Shape.Of(input.Length);
        return new CheckedLayer(new FlattenSpec(place.Index, input, output), output, Parameters: 0, Activations: 0);
    }
}
