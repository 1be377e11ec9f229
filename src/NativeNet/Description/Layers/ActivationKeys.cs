using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>The keys of every layer that applies a function to its sums.</summary>
internal static class ActivationKeys
{
    private const float Relu6Maximum = 6;

    private static readonly NumberKey NegativeSlope = new("negativeSlope", 0.01f, below: 1);
    private static readonly NumberKey Alpha = new("alpha", 1);
    private static readonly NumberKey Minimum = new("min", 0, isSigned: true);
    private static readonly NumberKey Maximum = new("max", 0, isSigned: true);

    public static readonly WordKey<ActivationKind> Activation = new("activation", Vocabulary.Activations, "none");

    /// <summary>What some of the functions are told besides.</summary>
    public static readonly NumberKey[] Parameters = [NegativeSlope, Alpha, Minimum, Maximum];

    /// <summary>The activation of a layer, or null where a mistake was reported.</summary>
    /// <param name="layer">An object with these keys.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    public static ActivationSpec? Check(JsonObject layer, DiagnosticBag diagnostics)
        => Check(Activation.Read(layer, diagnostics), layer, diagnostics);

    /// <summary>The same, where the key has been read.</summary>
    public static ActivationSpec? Check(Setting<ActivationKind> activation, JsonObject layer, DiagnosticBag diagnostics)
    {
        Setting<float> slope = Read(NegativeSlope, ActivationKind.LeakyRelu), alpha = Read(Alpha, ActivationKind.Elu);
        Setting<float> minimum = Read(Minimum, ActivationKind.Clip), maximum = Read(Maximum, ActivationKind.Clip);
        if (!activation.IsValid || !slope.IsValid || !alpha.IsValid || !minimum.IsValid || !maximum.IsValid)
            return null;

        return activation.Value switch
        {
            ActivationKind.LeakyRelu => new ActivationSpec(activation.Value, slope.Value),
            ActivationKind.Elu => new ActivationSpec(activation.Value, 0) { Alpha = alpha.Value },
            ActivationKind.Relu6 => new ActivationSpec(activation.Value, 0) { Maximum = Relu6Maximum },
            ActivationKind.Clip when CheckRange(activation, minimum, maximum, diagnostics)
                => new ActivationSpec(activation.Value, 0) { Minimum = minimum.Value, Maximum = maximum.Value },
            ActivationKind.Clip => null,
            _ => new ActivationSpec(activation.Value, 0),
        };

        Setting<float> Read(NumberKey key, ActivationKind owner)
        {
            Setting<float> setting = key.Read(layer, diagnostics);
            if (setting.Property is not { } given || !activation.IsValid || activation.Value == owner)
                return setting;

            diagnostics.Add(DiagnosticTable.KeyNotAllowed, given.NameSpan, key.Name, $"the activation '{Vocabulary.Activations.WordFor(owner)}'");
            return setting with { IsValid = false };
        }
    }

    /// <summary>The keys, each behind a comma.</summary>
    /// <param name="activation">The activation of a layer.</param>
    public static string Write(ActivationSpec activation) => Activation.Write(activation.Kind) + activation.Kind switch
    {
        ActivationKind.LeakyRelu => NegativeSlope.Write(activation.NegativeSlope),
        ActivationKind.Elu when activation.Alpha != Alpha.Default => Alpha.Write(activation.Alpha),
        ActivationKind.Clip => Minimum.Write(activation.Minimum) + Maximum.Write(activation.Maximum),
        _ => "",
    };

    private static bool CheckRange(Setting<ActivationKind> activation, Setting<float> minimum, Setting<float> maximum, DiagnosticBag diagnostics)
    {
        SourceSpan word = activation.Property!.Value.Span;
        foreach ((NumberKey key, Setting<float> setting, string meaning) in new[] { (Minimum, minimum, "its least output"), (Maximum, maximum, "its greatest output") })
        {
            if (setting.Property is null)
                diagnostics.Add(DiagnosticTable.KeyNeeded, word, "activation", Vocabulary.Activations.WordFor(activation.Value), key.Name, meaning);
        }

        if (minimum.Property is null || maximum.Property is not { } given)
            return false;

        if (minimum.Value < maximum.Value)
            return true;

        diagnostics.Add(DiagnosticTable.OutOfRange, given.Value.Span, Maximum.Name, $"greater than '{Minimum.Name}', {JsonText.Of(minimum.Value)}", JsonText.Of(maximum.Value));
        return false;
    }
}
