using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "layerNorm", "epsilon": 1e-5 }</c>: the channels of every position brought to mean 0 and variance 1.</summary>
internal sealed class LayerNormLayer() : LayerForm("a layerNorm layer", Epsilon)
{
    private static readonly NumberKey Epsilon = new("epsilon", 1e-5f);

    public override bool HasParameters => true;

    public override bool GivesScores => false;

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<float> epsilon = Epsilon.Read(layer, diagnostics);
        if (place.Input is not { } input)
            return default;

        LayerNormSpec? spec = epsilon.IsValid ? new LayerNormSpec(place.Index, input, epsilon.Value) : null;
        return new CheckedLayer(spec, input, 2L * input.Channels, input.Length);
    }
}
