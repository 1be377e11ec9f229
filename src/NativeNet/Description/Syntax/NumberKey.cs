using System.Globalization;
using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>A key whose value is a positive number, or any.</summary>
/// <param name="name">The key as files spell it.</param>
/// <param name="defaultValue">What an absent key stands for, 0 for none; null makes the key required.</param>
/// <param name="below">The number that the value must be less than, or null for any finite value.</param>
/// <param name="isSigned">Whether the value may be 0 or negative.</param>
internal sealed class NumberKey(string name, float? defaultValue, float? below = null, bool isSigned = false)
    : ValueKey<float>(name, required: defaultValue is null, defaultValue ?? 0)
{
    /// <summary>The number that the value must be less than, or null for any finite value.</summary>
    public float? Below { get; } = below;

    /// <summary>Whether the value may be 0 or negative.</summary>
    public bool IsSigned { get; } = isSigned;

    protected override string Expected => "a number";

    protected override string Format(float value) => JsonText.Of(value);

    private string Range => IsSigned ? "finite" : Below is { } below
        ? string.Format(CultureInfo.InvariantCulture, "greater than 0 and less than {0}", below)
        : "greater than 0 and finite";

    protected override bool TryRead(JsonNode node, DiagnosticBag diagnostics, out float value)
    {
        value = Default;
        if (node is not JsonNumber number)
        {
            ReportWrongType(node, diagnostics);
            return false;
        }

        // By way of double in every host: float.Parse of .NET Framework, where a build may run, rounds twice, that of
        // .NET once, and the same file must give the same bits in both. Where double overflows the one fails and the
        // other gives infinity, so the range decides, and it does so after rounding.
        bool parsed = double.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double exact);
        float rounded = (float)exact;
        if (parsed && rounded > (IsSigned ? float.NegativeInfinity : 0) && rounded < (Below ?? float.PositiveInfinity))
        {
            value = rounded;
            return true;
        }

        diagnostics.Add(DiagnosticTable.OutOfRange, number.Span, Name, Range, Excerpt.Of(number.Text));
        return false;
    }
}
