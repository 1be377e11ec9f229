using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "activation", "activation": "relu" }</c>: a function of every element.</summary>
internal sealed class ActivationLayer() : LayerForm("an activation layer", Function, ActivationKeys.NegativeSlope)
{
    private static readonly WordKey<ActivationKind> Function = new(ActivationKeys.Activation.Name, Vocabulary.Activations);

    public override bool HasParameters => false;

    public override bool GivesScores => false;

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        ActivationSpec? activation = ActivationKeys.Check(Function.Read(layer, diagnostics), layer, diagnostics);
        if (place.Input is not { } input)
            return default;

        ActivationLayerSpec? spec = activation is { } function ? new ActivationLayerSpec(place.Index, input, function) : null;
        return new CheckedLayer(spec, input, Parameters: 0, input.Length);
    }
}
