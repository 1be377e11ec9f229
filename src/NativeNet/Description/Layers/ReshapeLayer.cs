using System.Globalization;
using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "reshape", "shape": [7, 7, 4] }</c>: reads a sample under another shape.</summary>
internal sealed class ReshapeLayer() : UnaryForm<ReshapeSpec>("a reshape layer", Dimensions)
{
    private static readonly IntegerListKey Dimensions = new("shape", NetworkLimits.Dimensions, 1, NetworkLimits.Size);

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<EquatableArray<int>> shape = Dimensions.Read(layer, diagnostics);
        if (place.Input is not { } input || shape is not { IsValid: true, Property: { } given })
            return default;

        var output = new Shape(shape.Value);
        long elements = shape.Value.Aggregate(1L, static (length, dimension) => length * dimension);
        if (elements == input.Length)
            return CheckedLayer.Of(new ReshapeSpec(place.Index, input, output));

        diagnostics.Add(
            DiagnosticTable.ElementsDiffer,
            given.Value.Span,
            output.ToString(),
            elements.ToString(CultureInfo.InvariantCulture),
            input.ToString(),
            input.Length.ToString(CultureInfo.InvariantCulture));
        return default;
    }

    protected override string WriteKeys(ReshapeSpec layer) => Dimensions.Write(layer.Output.Dimensions);
}
