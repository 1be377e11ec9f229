using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>
/// <c>{ "type": "batchNorm", "momentum": 0.1, "epsilon": 1e-5 }</c>: every channel brought to mean 0 and variance 1 over the batch.
/// </summary>
internal sealed class BatchNormLayer() : UnaryForm<BatchNormSpec>("a batchNorm layer", Momentum, Epsilon, Trainable)
{
    private static readonly NumberKey Momentum = new("momentum", 0.1f, below: 1);
    private static readonly NumberKey Epsilon = new("epsilon", 1e-5f);

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<float> momentum = Momentum.Read(layer, diagnostics);
        Setting<float> epsilon = Epsilon.Read(layer, diagnostics);
        if (place.Input is not { } input)
            return default;

        return momentum.IsValid && epsilon.IsValid
            ? CheckedLayer.Of(new BatchNormSpec(place.Index, input, momentum.Value, epsilon.Value))
            : new CheckedLayer(null, input);
    }

    protected override string WriteKeys(BatchNormSpec layer) => Momentum.Write(layer.Momentum) + Epsilon.Write(layer.Epsilon);
}
