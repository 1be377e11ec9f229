using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>
/// <c>{ "type": "batchNorm", "momentum": 0.1, "epsilon": 1e-5 }</c>: every channel brought to mean 0 and variance 1 over the batch.
/// </summary>
internal sealed class BatchNormLayer() : LayerForm("a batchNorm layer", Momentum, Epsilon)
{
    private static readonly NumberKey Momentum = new("momentum", 0.1f, below: 1);
    private static readonly NumberKey Epsilon = new("epsilon", 1e-5f);

    public override bool HasParameters => true;

    public override bool GivesScores => false;

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<float> momentum = Momentum.Read(layer, diagnostics);
        Setting<float> epsilon = Epsilon.Read(layer, diagnostics);
        if (place.Input is not { } input)
            return default;

        BatchNormSpec? spec = momentum.IsValid && epsilon.IsValid
            ? new BatchNormSpec(place.Index, input, momentum.Value, epsilon.Value)
            : null;
        return new CheckedLayer(spec, input, 4L * input.Channels, input.Length);
    }
}
