using System.Collections.Immutable;
using NativeNet.Description.Json;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "add", "from": "stem" }</c>: a sum of layers, such as a residual connection.</summary>
internal sealed class AddLayer() : JoinForm("an add layer", "only equal shapes can be added")
{
    protected override bool Fits(Shape first, Shape other) => first == other;

    protected override LayerSpec? Join(JsonObject layer, int index, ImmutableArray<Shape> shapes, DiagnosticBag diagnostics)
        => new AddSpec(index, shapes[0]);
}
