using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>An optional key whose value is <c>true</c>, <c>false</c> or <c>"bias"</c>.</summary>
/// <param name="name">The key as files spell it.</param>
internal sealed class TrainableKey(string name) : ValueKey<TrainableParts>(name, required: false, TrainableParts.All)
{
    /// <summary>The word that may stand in place of true and false.</summary>
    public WordTable<TrainableParts> Words { get; } = new(name, ("bias", TrainableParts.Biases));

    protected override string Expected => "true, false or 'bias'";

    protected override string Format(TrainableParts value)
        => value == TrainableParts.Biases ? JsonText.Of(Words.WordFor(value)) : JsonText.Of(value == TrainableParts.All);

    protected override bool TryRead(JsonNode node, DiagnosticBag diagnostics, out TrainableParts value)
    {
        value = Default;
        switch (node)
        {
            case JsonLiteral { Text: "true" or "false" } literal:
                value = literal.Text == "true" ? TrainableParts.All : TrainableParts.None;
                return true;
            case JsonString word when Words.Contains(word.Value):
                value = Words[word.Value];
                return true;
            case JsonString word:
                diagnostics.Add(DiagnosticTable.UnknownValue, word.Span, $"value of '{Name}'", Excerpt.Of(word.Value), $"use {Expected}");
                return false;
            default:
                ReportWrongType(node, diagnostics);
                return false;
        }
    }
}
