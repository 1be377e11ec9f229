using NativeNet.Description.Json;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "prelu" }</c>: a leaky relu that learns one slope for each channel.</summary>
internal sealed class PReluLayer() : UnaryForm<PReluSpec>("a prelu layer", Trainable)
{
    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
        => place.Input is { } input ? CheckedLayer.Of(new PReluSpec(place.Index, input)) : default;
}
