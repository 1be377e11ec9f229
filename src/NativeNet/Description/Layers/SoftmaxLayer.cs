using NativeNet.Description.Json;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "softmax" }</c>: the channels of every position as shares of 1.</summary>
internal sealed class SoftmaxLayer() : UnaryForm<SoftmaxSpec>("a softmax layer")
{
    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
        => place.Input is { } input ? CheckedLayer.Of(new SoftmaxSpec(place.Index, input)) : default;
}
