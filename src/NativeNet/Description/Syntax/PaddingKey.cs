using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>How far windows may reach over the edges of an image.</summary>
/// <param name="IsSame">Whether as far as makes ⌈input / stride⌉ windows; else <paramref name="Explicit"/> says.</param>
/// <param name="Explicit">The positions before the first and behind the last, rows and columns.</param>
internal readonly record struct Padding(bool IsSame, Sides Explicit);

/// <summary>A key whose value is <c>"valid"</c>, <c>"same"</c>, or as many positions as <see cref="SidesKey"/> reads.</summary>
/// <param name="name">The key as files spell it.</param>
/// <param name="sides">2, or 1 where an array is a mistake.</param>
internal sealed class PaddingKey(string name, int sides) : ValueKey<Padding>(name, required: false, default)
{
    public static readonly WordTable<bool> Words = new("padding", ("valid", false), ("same", true));

    /// <summary>The numbers that may stand in place of a word.</summary>
    public SidesKey Explicit { get; } = new(name, sides, 0, NetworkLimits.WindowSide);

    protected override string Expected => sides == 1 ? "'valid', 'same' or an integer" : "'valid', 'same', an integer or an array of two";

    protected override string Format(Padding value) => value.IsSame ? JsonText.Of(Words.WordFor(true)) : Explicit.FormatSides(value.Explicit);

    protected override bool TryRead(JsonNode node, DiagnosticBag diagnostics, out Padding value)
    {
        value = default;
        switch (node)
        {
            case JsonString word when Words.Contains(word.Value):
                value = new Padding(Words[word.Value], default);
                return true;
            case JsonString word:
                Words.ReportUnknown(word, diagnostics);
                return false;
            case JsonNumber:
            case JsonArray when sides == 2:
                bool valid = Explicit.TryReadSides(node, diagnostics, out Sides around);
                value = new Padding(false, around);
                return valid;
            default:
                ReportWrongType(node, diagnostics);
                return false;
        }
    }
}
