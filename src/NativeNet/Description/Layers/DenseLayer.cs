using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "dense", "units": 32, "activation": "relu" }</c>: a fully connected layer.</summary>
internal sealed class DenseLayer() : LayerForm("a dense layer", Units, Activation, NegativeSlope, Initializer, Gain)
{
    private static readonly IntegerKey Units = new("units", 1, NetworkLimits.Size);
    private static readonly WordKey<ActivationKind> Activation = new("activation", Vocabulary.Activations, "none");
    private static readonly NumberKey NegativeSlope = new("negativeSlope", 0.01f, below: 1);
    private static readonly WordKey<InitializerKind> Initializer = new("initializer", Vocabulary.Initializers, "heNormal");
    private static readonly NumberKey Gain = new("gain", 1);

    public override bool HasParameters => true;

    public override bool GivesScores => true;

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<int> units = Units.Read(layer, diagnostics);
        Setting<ActivationKind> activation = Activation.Read(layer, diagnostics);
        Setting<float> slope = NegativeSlope.Read(layer, diagnostics);
        Setting<InitializerKind> initializer = Initializer.Read(layer, diagnostics);
        Setting<float> gain = Gain.Read(layer, diagnostics);

        CheckSlope(activation, slope, diagnostics);
        CheckGain(initializer, gain, diagnostics);
        place.Loss?.CheckScores(units, activation, diagnostics);
        bool fits = CheckInput(layer, place.Input, diagnostics);

        if (!units.IsValid)
            return default;

        var output = Shape.Of(units.Value);
        if (!fits || place.Input is not { } input)
            return new CheckedLayer(null, output, Parameters: 0, units.Value);

        bool leaky = activation.Value == ActivationKind.LeakyRelu;
        var spec = new DenseSpec(
            place.Index,
            input,
            output,
            new ActivationSpec(activation.Value, leaky ? slope.Value : 0),
            new InitializerSpec(initializer.Value, gain.Value));

        return new CheckedLayer(spec, output, ((long)input.Length * units.Value) + units.Value, units.Value);
    }

    private static void CheckSlope(Setting<ActivationKind> activation, Setting<float> slope, DiagnosticBag diagnostics)
    {
        if (slope.Property is { } given && activation is { IsValid: true, Value: not ActivationKind.LeakyRelu })
        {
            diagnostics.Add(
                DiagnosticTable.KeyNotAllowed,
                given.NameSpan,
                NegativeSlope.Name,
                $"the activation '{Vocabulary.Activations.WordFor(ActivationKind.LeakyRelu)}'");
        }
    }

    /// <remarks>The other initializers take their width from the layer's shape; 'normal' has nothing but the gain.</remarks>
    private static void CheckGain(Setting<InitializerKind> initializer, Setting<float> gain, DiagnosticBag diagnostics)
    {
        bool absent = gain is { IsValid: true, Property: null };
        if (absent && initializer is { IsValid: true, Value: InitializerKind.Normal, Property: { } given })
        {
            diagnostics.Add(
                DiagnosticTable.KeyNeeded,
                given.Value.Span,
                Vocabulary.Initializers.Noun,
                Vocabulary.Initializers.WordFor(InitializerKind.Normal),
                Gain.Name,
                "its standard deviation");
        }
    }

    private static bool CheckInput(JsonObject layer, Shape? input, DiagnosticBag diagnostics)
    {
        if (input is not { Rank: > 1 } image || layer.Find(Type.Name) is not { } type)
            return true;

        diagnostics.Add(
            DiagnosticTable.ShapeMismatch, type.Value.Span, "dense", image.ToString());
        return false;
    }
}
