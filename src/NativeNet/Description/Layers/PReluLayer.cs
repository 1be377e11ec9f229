using NativeNet.Description.Json;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "prelu" }</c>: a leaky relu that learns one slope for each channel.</summary>
internal sealed class PReluLayer() : LayerForm("a prelu layer")
{
    public override bool HasParameters => true;

    public override bool GivesScores => false;

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        if (place.Input is not { } input)
            return default;

        var spec = new PReluSpec(place.Index, input);
        return new CheckedLayer(spec, input, input.Channels, input.Length);
    }
}
