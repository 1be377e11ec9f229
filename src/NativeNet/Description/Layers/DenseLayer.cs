using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "dense", "units": 32, "activation": "relu" }</c>: a fully connected layer, of a vector or of every frame of a signal.</summary>
internal sealed class DenseLayer() : UnaryForm<DenseSpec>(
    "a dense layer", [Units, Bias, ActivationKeys.Activation, .. ActivationKeys.Parameters, InitializerKeys.Weights.Initializer, InitializerKeys.Weights.Gain, Trainable])
{
    private static readonly IntegerKey Units = new("units", 1, NetworkLimits.Size);

    private static readonly SwitchKey Bias = new("bias", true);

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<int> units = Units.Read(layer, diagnostics);
        ActivationSpec? activation = ActivationKeys.Check(layer, diagnostics);
        Setting<bool> bias = Bias.Read(layer, diagnostics);
        InitializerSpec? initializer = InitializerKeys.Weights.Check(layer, diagnostics);

        bool fits = CheckInput(layer, place.Input, diagnostics);

        if (!units.IsValid)
            return default;

        int? frames = place.Input is { Rank: 2 } signal ? signal.Positions : null;
        if (!SampleSize.Check(layer, (long)(frames ?? 1) * units.Value, diagnostics))
            return default;

        Shape output = frames is { } count ? Shape.Of(count, units.Value) : Shape.Of(units.Value);
        return fits && bias.IsValid && place.Input is { } input && activation is { } applied && initializer is { } first
            ? CheckedLayer.Of(new DenseSpec(place.Index, input, output, applied, first) { HasBias = bias.Value })
            : new CheckedLayer(null, output);
    }

    protected override string WriteKeys(DenseSpec layer)
        => Units.Write(layer.Units) + (layer.HasBias ? "" : Bias.Write(false)) + ActivationKeys.Write(layer.Activation) + InitializerKeys.Weights.Write(layer.Initializer);

    private static bool CheckInput(JsonObject layer, Shape? input, DiagnosticBag diagnostics)
    {
        if (input is not { Rank: > 2 } image || layer.Find(Type.Name) is not { } type)
            return true;

        diagnostics.Add(
            DiagnosticTable.ShapeMismatch, type.Value.Span, "dense", image.ToString());
        return false;
    }
}
