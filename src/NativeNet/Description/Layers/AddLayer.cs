using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "add", "from": "stem" }</c>: adds what an earlier layer put out, a residual connection.</summary>
internal sealed class AddLayer() : LayerForm("an add layer", From)
{
    private static readonly StringKey From = new("from", required: true);

    public override bool HasParameters => false;

    public override bool GivesScores => false;

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        From.Read(layer, diagnostics);
        (int Index, Shape? Output)? earlier = layer.Find(From.Name)?.Value is JsonString name
            ? place.Names.FindEarlier(name, diagnostics)
            : null;
        if (place.Input is not { } input)
            return default;

        AddSpec? spec = null;
        if (earlier is ({ } from, { } added))
        {
            if (added == input)
                spec = new AddSpec(place.Index, input, from);
            else
                Report((JsonString)layer.Find(From.Name)!.Value, input, added, diagnostics);
        }

        return new CheckedLayer(spec, input, Parameters: 0, input.Length);
    }

    private static void Report(JsonString name, Shape input, Shape added, DiagnosticBag diagnostics)
        => diagnostics.Add(DiagnosticTable.ShapesDiffer, name.Span, input.ToString(), Excerpt.Of(name.Value), added.ToString());
}
