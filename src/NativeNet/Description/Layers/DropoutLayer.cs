using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "dropout", "rate": 0.5 }</c>: in training, a share of the values is set to 0.</summary>
internal sealed class DropoutLayer() : UnaryForm<DropoutSpec>("a dropout layer", Rate)
{
    private static readonly NumberKey Rate = new("rate", null, below: 1);

    /// <summary>A score that is dropped would be one that nobody predicted.</summary>
    public override bool GivesScores => false;

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<float> rate = Rate.Read(layer, diagnostics);
        if (place.Input is not { } input)
            return default;

        return rate.IsValid
            ? CheckedLayer.Of(new DropoutSpec(place.Index, input, rate.Value))
            : new CheckedLayer(null, input);
    }

    protected override string WriteKeys(DropoutSpec layer) => Rate.Write(layer.Rate);
}
