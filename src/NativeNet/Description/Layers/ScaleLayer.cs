using System.Globalization;
using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "scale", "factor": 0.00392156863 }</c>: every element times a factor, or every feature times its own.</summary>
internal sealed class ScaleLayer() : UnaryForm<ScaleSpec>("a scale layer", Factor)
{
    private static readonly FactorsKey Factor = new("factor");

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<EquatableArray<float>> factors = Factor.Read(layer, diagnostics);
        if (place.Input is not { } input)
            return default;
        if (!factors.IsValid)
            return new CheckedLayer(null, input);
        if (factors.Value.Count == 1 || factors.Value.Count == input.Channels)
            return CheckedLayer.Of(new ScaleSpec(place.Index, input, factors.Value));

        string features = input.Channels.ToString(CultureInfo.InvariantCulture);
        diagnostics.Add(
            DiagnosticTable.WrongCount, new SourceSpan(factors.Property!.Value.Span.Start, 1), Factor.Name, features, features,
            factors.Value.Count.ToString(CultureInfo.InvariantCulture));
        return new CheckedLayer(null, input);
    }

    protected override string WriteKeys(ScaleSpec layer) => Factor.Write(layer.Factors);
}
