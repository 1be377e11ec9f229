using NativeNet.Description.Json;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "globalAveragePool" }</c>: the mean of each channel over the whole image, a vector.</summary>
internal sealed class GlobalPoolLayer() : UnaryForm<PoolSpec>("a globalAveragePool layer")
{
    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        if (WindowKeys.Image.Require(layer, place.Input, diagnostics) is not { } image)
            return default;

        int channels = image.Dimensions[2];
        var window = new Window2D(WholeOf(image.Dimensions[0]), WholeOf(image.Dimensions[1]), channels);
        return CheckedLayer.Of(new PoolSpec(place.Index, image, Shape.Of(channels), PoolKind.GlobalAverage, window));
    }

    private static WindowAxis WholeOf(int length) => new(length, Kernel: length, Stride: 1, Dilation: 1, Before: 0, Output: 1);
}
