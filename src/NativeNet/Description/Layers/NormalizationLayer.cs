using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "normalization" }</c>: every feature of the input less its mean, divided by its deviation.</summary>
internal sealed class NormalizationLayer() : UnaryForm<NormalizationSpec>("a normalization layer", Trainable)
{
    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        if (place.Sources[0] is not { Output: { } input } source)
            return default;
        if (source.IsInput)
            return CheckedLayer.Of(new NormalizationSpec(place.Index, input));

        diagnostics.Add(DiagnosticTable.InputNeeded, source.Name?.Span ?? layer.Find(Type.Name)!.Value.Span, "normalization");
        return new CheckedLayer(null, input);
    }
}
