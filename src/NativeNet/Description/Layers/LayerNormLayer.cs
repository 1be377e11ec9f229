using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "layerNorm", "epsilon": 1e-5 }</c>: the channels of every position brought to mean 0 and variance 1.</summary>
internal sealed class LayerNormLayer() : UnaryForm<LayerNormSpec>("a layerNorm layer", Epsilon, Trainable)
{
    private static readonly NumberKey Epsilon = new("epsilon", 1e-5f);

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<float> epsilon = Epsilon.Read(layer, diagnostics);
        if (place.Input is not { } input)
            return default;

        return epsilon.IsValid
            ? CheckedLayer.Of(new LayerNormSpec(place.Index, input, epsilon.Value))
            : new CheckedLayer(null, input);
    }

    protected override string WriteKeys(LayerNormSpec layer) => Epsilon.Write(layer.Epsilon);
}
