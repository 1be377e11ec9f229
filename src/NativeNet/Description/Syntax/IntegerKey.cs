using System.Globalization;
using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>A key whose value is an integer in a range.</summary>
/// <param name="name">The key as files spell it.</param>
/// <param name="minimum">The least value.</param>
/// <param name="maximum">The greatest value.</param>
/// <param name="defaultValue">What an absent key stands for; null makes the key required.</param>
internal sealed class IntegerKey(string name, int minimum, int maximum, int? defaultValue = null)
    : ValueKey<int>(name, required: defaultValue is null, defaultValue ?? minimum)
{
    /// <summary>The least value.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>The greatest value.</summary>
    public int Maximum { get; } = maximum;

    protected override string Expected => "an integer";

    protected override string Format(int value) => JsonText.Of(value);

    protected override bool TryRead(JsonNode node, DiagnosticBag diagnostics, out int value)
    {
        value = Default;
        if (node is JsonNumber number)
            return TryReadNumber(number, Name, Minimum, Maximum, diagnostics, out value);

        ReportWrongType(node, diagnostics);
        return false;
    }

    /// <summary>Reads an integer in a range, or reports why it is none.</summary>
    /// <param name="number">The number in the file.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="minimum">The least value.</param>
    /// <param name="maximum">The greatest value.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <param name="value">The value, if it is right.</param>
    public static bool TryReadNumber(
        JsonNumber number, string name, int minimum, int maximum, DiagnosticBag diagnostics, out int value)
    {
        value = 0;
        if (number.Text.IndexOfAny(['.', 'e', 'E']) >= 0)
        {
            diagnostics.Add(DiagnosticTable.NotAnInteger, number.Span, name, Excerpt.Of(number.Text));
            return false;
        }

        // Digits alone fail to parse only when there are too many of them.
        bool parsed = int.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        if (parsed && value >= minimum && value <= maximum)
            return true;

        string range = string.Format(CultureInfo.InvariantCulture, "from {0} to {1}", minimum, maximum);
        diagnostics.Add(DiagnosticTable.OutOfRange, number.Span, name, range, Excerpt.Of(number.Text));
        return false;
    }
}
