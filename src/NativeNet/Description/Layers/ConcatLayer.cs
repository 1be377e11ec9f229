using System.Collections.Immutable;
using NativeNet.Description.Json;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "concat", "from": ["left", "right"] }</c>: the channels of several layers side by side.</summary>
internal sealed class ConcatLayer() : JoinForm("a concat layer", "only the last dimension may differ")
{
    protected override bool Fits(Shape first, Shape other)
        => first.Dimensions.Take(first.Rank - 1).SequenceEqual(other.Dimensions.Take(other.Rank - 1));

    protected override LayerSpec? Join(JsonObject layer, int index, ImmutableArray<Shape> shapes, DiagnosticBag diagnostics)
    {
        long channels = shapes.Sum(static shape => (long)shape.Channels);
        if (!SampleSize.Check(layer, shapes[0].Positions * channels, diagnostics))
            return null;

        var output = Shape.Of([.. shapes[0].Dimensions.Take(shapes[0].Rank - 1), (int)channels]);
        return new ConcatSpec(index, shapes[0], output, new EquatableArray<int>([.. shapes.Select(static shape => shape.Channels)]));
    }
}
