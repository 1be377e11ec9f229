using NativeNet.Description.Json;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "flatten" }</c>: reads a sample of any shape as one vector.</summary>
internal sealed class FlattenLayer() : UnaryForm<FlattenSpec>("a flatten layer")
{
    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
        => place.Input is { } input
            ? CheckedLayer.Of(new FlattenSpec(place.Index, input, Shape.Of(input.Length)))
            : default;
}
