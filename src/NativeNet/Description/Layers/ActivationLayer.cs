using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "activation", "activation": "relu" }</c>: a function of every element.</summary>
internal sealed class ActivationLayer() : UnaryForm<ActivationLayerSpec>("an activation layer", [Function, .. ActivationKeys.Parameters])
{
    private static readonly WordKey<ActivationKind> Function = new(ActivationKeys.Activation.Name, Vocabulary.Activations);

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        ActivationSpec? activation = ActivationKeys.Check(Function.Read(layer, diagnostics), layer, diagnostics);
        if (place.Input is not { } input)
            return default;

        return activation is { } function
            ? CheckedLayer.Of(new ActivationLayerSpec(place.Index, input, function))
            : new CheckedLayer(null, input);
    }

    protected override string WriteKeys(ActivationLayerSpec layer) => ActivationKeys.Write(layer.Activation);
}
