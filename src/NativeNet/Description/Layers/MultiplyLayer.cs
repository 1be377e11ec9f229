using System.Collections.Immutable;
using NativeNet.Description.Json;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "multiply", "from": ["values", "gate"] }</c>: a product of layers, such as a gate.</summary>
internal sealed class MultiplyLayer() : JoinForm("a multiply layer", "only equal shapes can be multiplied")
{
    protected override bool Fits(Shape first, Shape other) => first == other;

    protected override LayerSpec? Join(JsonObject layer, int index, ImmutableArray<Shape> shapes, DiagnosticBag diagnostics)
        => new MultiplySpec(index, shapes[0]);
}
