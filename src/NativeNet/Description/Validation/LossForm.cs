using System.Globalization;
using NativeNet.Description.Json;
using NativeNet.Description.Layers;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Validation;

/// <summary>What a loss asks of the scores that it measures.</summary>
/// <param name="Kind">The loss.</param>
/// <param name="MinimumScores">The fewest scores of a position that it makes sense for.</param>
/// <param name="Includes">The function that it applies to raw scores itself, for messages; null where any scores do.</param>
internal sealed record LossForm(LossKind Kind, int MinimumScores, string? Includes)
{
    /// <summary>The keys that say how many channels a layer puts out.</summary>
    private static readonly string[] ChannelKeys = ["units", "filters"];

    /// <summary>Reports what does not fit between this loss and the last layer.</summary>
    /// <param name="last">The last layer.</param>
    /// <param name="output">The shape of the scores, or null where a mistake hides it.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    public void CheckScores(LayerSyntax last, Shape? output, DiagnosticBag diagnostics)
    {
        string loss = Vocabulary.Losses.WordFor(this);

        if (output is { } scores && scores.Channels < MinimumScores)
        {
            SourceSpan span = ChannelKeys.Select(last.Object.Find).FirstOrDefault(static key => key is not null)?.Value.Span ?? last.Type.Span;
            diagnostics.Add(
                DiagnosticTable.TooFewScores,
                span,
                loss,
                MinimumScores.ToString(CultureInfo.InvariantCulture),
                scores.Channels.ToString(CultureInfo.InvariantCulture));
        }

        if (Includes is not null && last.Object.Find(ActivationKeys.Activation.Name)?.Value is JsonString word
            && Vocabulary.Activations.Contains(word.Value) && Vocabulary.Activations[word.Value] != ActivationKind.None)
        {
            diagnostics.Add(DiagnosticTable.ActivationBeforeLoss, word.Span, loss, Includes, word.Value);
        }
    }
}
