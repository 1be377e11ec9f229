using NativeNet.Description.Json;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "globalAveragePool" }</c>: one value for each channel of the whole image or signal, a vector.</summary>
/// <param name="name">What an object of this type is called in messages.</param>
/// <param name="kind">Which value.</param>
internal sealed class GlobalPoolLayer(string name, PoolKind kind) : UnaryForm<PoolSpec>(name)
{
    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        if (WindowKeys.RequirePositions(layer, place.Input, diagnostics) is not { } input)
            return default;

        int height = input.Rank == 2 ? 1 : input.Dimensions[0], width = input.Dimensions[input.Rank - 2];
        var window = new Window2D(WholeOf(height), WholeOf(width), input.Channels);
        return CheckedLayer.Of(new PoolSpec(place.Index, input, Shape.Of(input.Channels), kind, window));
    }

    private static WindowAxis WholeOf(int length) => new(length, Kernel: length, Stride: 1, Dilation: 1, Before: 0, Output: 1);
}
