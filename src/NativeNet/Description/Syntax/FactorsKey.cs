using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>A required key whose value is a number other than 0, or a list of them.</summary>
/// <param name="name">The key as files spell it.</param>
internal sealed class FactorsKey(string name) : ValueKey<EquatableArray<float>>(name, required: true, default)
{
    /// <summary>As many as there are features at most, far beyond what anybody writes by hand.</summary>
    public const int MaximumCount = 65536;

    protected override string Expected => "a number or an array of numbers";

    protected override string Format(EquatableArray<float> value)
        => value.Count == 1 ? JsonText.Of(value[0]) : JsonText.ArrayOf(value.Select(JsonText.Of));

    protected override bool TryRead(JsonNode node, DiagnosticBag diagnostics, out EquatableArray<float> value)
    {
        value = default;
        if (node is JsonNumber single)
        {
            bool isValid = TryReadNumber(single, Name, diagnostics, out float only);
            value = new EquatableArray<float>([only]);
            return isValid;
        }

        if (node is not JsonArray array)
        {
            ReportWrongType(node, diagnostics);
            return false;
        }

        if (!ListCount.Check(array, Name, 1, MaximumCount, diagnostics))
            return false;

        var numbers = ImmutableArray.CreateBuilder<float>();
        for (int i = 0; i < array.Elements.Length; i++)
        {
            string element = string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", Name, i);
            if (array.Elements[i] is not JsonNumber number)
                diagnostics.Add(DiagnosticTable.WrongType, array.Elements[i].Span, $"'{element}'", "a number", array.Elements[i].Kind);
            else if (TryReadNumber(number, element, diagnostics, out float factor))
                numbers.Add(factor);
        }

        value = new EquatableArray<float>(numbers.ToImmutable());
        return value.Count == array.Elements.Length;
    }

    /// <summary>By way of double, and the range after rounding, for the reasons of <see cref="NumberKey"/>.</summary>
    private static bool TryReadNumber(JsonNumber number, string name, DiagnosticBag diagnostics, out float value)
    {
        bool parsed = double.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double exact);
        value = (float)exact;
        if (parsed && value != 0f && !float.IsInfinity(value))
            return true;

        diagnostics.Add(DiagnosticTable.OutOfRange, number.Span, name, "finite and other than 0", Excerpt.Of(number.Text));
        return false;
    }
}
