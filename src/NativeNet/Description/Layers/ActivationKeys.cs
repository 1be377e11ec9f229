using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>The keys of every layer that applies a function to its sums.</summary>
internal static class ActivationKeys
{
    public static readonly WordKey<ActivationKind> Activation = new("activation", Vocabulary.Activations, "none");
    public static readonly NumberKey NegativeSlope = new("negativeSlope", 0.01f, below: 1);

    /// <summary>The activation of a layer, or null where a mistake was reported.</summary>
    /// <param name="layer">An object with these keys.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    public static ActivationSpec? Check(JsonObject layer, DiagnosticBag diagnostics)
        => Check(Activation.Read(layer, diagnostics), layer, diagnostics);

    /// <summary>The same, where the key has been read.</summary>
    public static ActivationSpec? Check(Setting<ActivationKind> activation, JsonObject layer, DiagnosticBag diagnostics)
    {
        Setting<float> slope = NegativeSlope.Read(layer, diagnostics);
        bool leaky = activation.Value == ActivationKind.LeakyRelu;
        if (slope.Property is { } given && activation.IsValid && !leaky)
        {
            diagnostics.Add(
                DiagnosticTable.KeyNotAllowed,
                given.NameSpan,
                NegativeSlope.Name,
                $"the activation '{Vocabulary.Activations.WordFor(ActivationKind.LeakyRelu)}'");
            return null;
        }

        return activation.IsValid && slope.IsValid ? new ActivationSpec(activation.Value, leaky ? slope.Value : 0) : null;
    }

    /// <summary>The keys, each behind a comma.</summary>
    /// <param name="activation">The activation of a layer.</param>
    public static string Write(ActivationSpec activation)
        => Activation.Write(activation.Kind) + (activation.Kind == ActivationKind.LeakyRelu ? NegativeSlope.Write(activation.NegativeSlope) : "");
}
