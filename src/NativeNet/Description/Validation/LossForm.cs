using System.Globalization;
using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Validation;

/// <summary>What a loss asks of the scores that it measures.</summary>
/// <param name="Kind">The loss.</param>
/// <param name="MinimumScores">The fewest scores it makes sense for.</param>
/// <param name="Includes">The function that it applies to raw scores itself, for messages; null where any scores do.</param>
internal sealed record LossForm(LossKind Kind, int MinimumScores, string? Includes)
{
    /// <summary>Reports what does not fit between this loss and the last layer.</summary>
    /// <param name="units">The last layer's number of scores.</param>
    /// <param name="activation">The last layer's activation.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    public void CheckScores(Setting<int> units, Setting<ActivationKind> activation, DiagnosticBag diagnostics)
    {
        string loss = Vocabulary.Losses.WordFor(this);

        if (units is { IsValid: true, Property: { } count } && units.Value < MinimumScores)
        {
            diagnostics.Add(
                DiagnosticTable.TooFewScores,
                count.Value.Span,
                loss,
                MinimumScores.ToString(CultureInfo.InvariantCulture),
                units.Value.ToString(CultureInfo.InvariantCulture));
        }

        if (Includes is not null && activation is { IsValid: true, Value: not ActivationKind.None, Property: { } function })
        {
            diagnostics.Add(
                DiagnosticTable.ActivationBeforeLoss,
                function.Value.Span,
                loss,
                Includes,
                Vocabulary.Activations.WordFor(activation.Value));
        }
    }
}
