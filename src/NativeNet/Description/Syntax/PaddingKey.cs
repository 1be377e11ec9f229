using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>Who says how far windows reach over the edges.</summary>
internal enum PaddingKind
{
    /// <summary>Numbers of positions; "valid" is none.</summary>
    Explicit,

    /// <summary>As far as makes ⌈input / stride⌉ windows, before the first position and behind the last.</summary>
    Same,

    /// <summary>As many windows, each of which ends at the position that it stands for.</summary>
    Causal,
}

/// <summary>How far windows may reach over the edges of an image or a signal.</summary>
/// <param name="Kind">Who says it.</param>
/// <param name="Before">The explicit positions before the first, rows and columns.</param>
/// <param name="Behind">The explicit positions behind the last, rows and columns.</param>
internal readonly record struct Padding(PaddingKind Kind, Sides Before = default, Sides Behind = default);

/// <summary>
/// A key whose value is a word or numbers. Of an image they are as many positions as <see cref="SidesKey"/> reads, on both
/// sides; of a signal one number for both ends, or an array of two: before, behind.
/// </summary>
/// <param name="name">The key as files spell it.</param>
/// <param name="sides">2 for images, 1 for signals.</param>
internal sealed class PaddingKey(string name, int sides) : ValueKey<Padding>(name, required: false, default)
{
    /// <summary>The words and what they mean.</summary>
    public WordTable<PaddingKind> Words { get; } = sides == 2
        ? new("padding", ("valid", PaddingKind.Explicit), ("same", PaddingKind.Same))
        : new("padding", ("valid", PaddingKind.Explicit), ("same", PaddingKind.Same), ("causal", PaddingKind.Causal));

    /// <summary>The numbers that may stand in place of a word: rows and columns, or before and behind.</summary>
    public SidesKey Explicit { get; } = new(name, 2, 0, sides == 2 ? NetworkLimits.WindowSide : NetworkLimits.SignalPadding);

    protected override string Expected => sides == 1
        ? "'valid', 'same', 'causal', an integer or an array of two"
        : "'valid', 'same', an integer or an array of two";

    protected override string Format(Padding value) => value switch
    {
        { Kind: not PaddingKind.Explicit } => JsonText.Of(Words.WordFor(value.Kind)),
        _ when sides == 2 => Explicit.FormatSides(value.Before),
        _ when value.Before == value.Behind => JsonText.Of(value.Before.Horizontal),
        _ => Explicit.FormatSides(new Sides(value.Before.Horizontal, value.Behind.Horizontal)),
    };

    protected override bool TryRead(JsonNode node, DiagnosticBag diagnostics, out Padding value)
    {
        value = default;
        switch (node)
        {
            case JsonString word when Words.Contains(word.Value):
                value = new Padding(Words[word.Value]);
                return true;
            case JsonString word:
                Words.ReportUnknown(word, diagnostics);
                return false;
            case JsonNumber or JsonArray:
                bool valid = Explicit.TryReadSides(node, diagnostics, out Sides given);
                value = sides == 2
                    ? new Padding(PaddingKind.Explicit, given, given)
                    : new Padding(PaddingKind.Explicit, new Sides(0, given.Vertical), new Sides(0, given.Horizontal));
                return valid;
            default:
                ReportWrongType(node, diagnostics);
                return false;
        }
    }
}
