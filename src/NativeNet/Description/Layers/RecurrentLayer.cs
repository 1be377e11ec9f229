using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary><c>{ "type": "gru", "units": 32, "returnSequences": true }</c>: a recurrent layer over a signal.</summary>
internal sealed class RecurrentLayer : UnaryForm<RecurrentSpec>
{
    private static readonly IntegerKey Units = new("units", 1, NetworkLimits.Size);
    private static readonly SwitchKey ReturnSequences = new("returnSequences", false);
    private static readonly SwitchKey Stateful = new("stateful", false);
    private static readonly NumberKey ForgetBias = new("forgetBias", 1, isSigned: true);

    private static readonly InitializerKeys Weights = new("initializer", "gain", "glorotUniform");
    private static readonly InitializerKeys RecurrentWeights = new("recurrentInitializer", "recurrentGain", "glorotUniform");

    private readonly RecurrentKind _kind;

    private RecurrentLayer(string name, RecurrentKind kind, params Key[] more)
        : base(
            name,
            [
                Units, ReturnSequences, Stateful, Weights.Initializer, Weights.Gain, RecurrentWeights.Initializer, RecurrentWeights.Gain, .. more, Trainable,
            ])
        => _kind = kind;

    /// <summary>The simple cell.</summary>
    public static RecurrentLayer Rnn { get; } = new("an rnn layer", RecurrentKind.Rnn);

    /// <summary>The gated recurrent unit.</summary>
    public static RecurrentLayer Gru { get; } = new("a gru layer", RecurrentKind.Gru);

    /// <summary>Long short-term memory.</summary>
    public static RecurrentLayer Lstm { get; } = new("an lstm layer", RecurrentKind.Lstm, ForgetBias);

    public override CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics)
    {
        Setting<int> units = Units.Read(layer, diagnostics);
        Setting<bool> sequences = ReturnSequences.Read(layer, diagnostics);
        Setting<bool> stateful = Stateful.Read(layer, diagnostics);
        InitializerSpec? initializer = Weights.Check(layer, diagnostics);
        InitializerSpec? recurrent = RecurrentWeights.Check(layer, diagnostics);
        bool isLstm = _kind == RecurrentKind.Lstm;
        Setting<float> forgetBias = isLstm ? ForgetBias.Read(layer, diagnostics) : new(null, IsValid: true, 0);
        if (WindowKeys.Signal.Require(layer, place.Input, diagnostics) is not { } input || !units.IsValid || !sequences.IsValid || !stateful.IsValid)
            return default;

        int steps = input.Dimensions[0];
        if (sequences.Value && !SampleSize.Check(layer, (long)steps * units.Value, diagnostics))
            return default;

        Shape output = sequences.Value ? Shape.Of(steps, units.Value) : Shape.Of(units.Value);
        return initializer is { } first && recurrent is { } second && forgetBias.IsValid
            ? CheckedLayer.Of(new RecurrentSpec(place.Index, input, output, _kind, units.Value, sequences.Value, first, second, forgetBias.Value) { IsStateful = stateful.Value })
            : new CheckedLayer(null, output);
    }

    protected override string WriteKeys(RecurrentSpec layer)
        => Units.Write(layer.Units) + ReturnSequences.Write(layer.ReturnSequences) + (layer.IsStateful ? Stateful.Write(true) : "") + Weights.Write(layer.Initializer)
            + RecurrentWeights.Write(layer.RecurrentInitializer) + (_kind == RecurrentKind.Lstm ? ForgetBias.Write(layer.ForgetBias) : "");
}
