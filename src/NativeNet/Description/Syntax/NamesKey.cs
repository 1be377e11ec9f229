using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>A key whose value is a list of texts, or where it is required one text alone; the same text may stand there twice.</summary>
/// <param name="name">The key as files spell it.</param>
/// <param name="minimumCount">The fewest elements of a list.</param>
/// <param name="maximumCount">The most elements of a list.</param>
/// <param name="required">Whether an object without it is wrong.</param>
internal sealed class NamesKey(string name, int minimumCount, int maximumCount, bool required = true)
    : ValueKey<EquatableArray<string>>(name, required, default)
{
    /// <summary>The fewest elements of a list.</summary>
    public int MinimumCount { get; } = minimumCount;

    /// <summary>The most elements of a list.</summary>
    public int MaximumCount { get; } = maximumCount;

    protected override string Expected => Required ? "a string or an array of strings" : "an array of strings";

    /// <summary>The texts of a value that was read, with their places.</summary>
    /// <param name="value">The value in the file.</param>
    public static IEnumerable<JsonString> TextsOf(JsonNode value)
        => value is JsonArray array ? array.Elements.Cast<JsonString>() : [(JsonString)value];

    protected override string Format(EquatableArray<string> value)
        => Required && value.Count == 1 ? JsonText.Of(value[0]) : JsonText.ArrayOf(value.Select(JsonText.Of));

    protected override bool TryRead(JsonNode node, DiagnosticBag diagnostics, out EquatableArray<string> value)
    {
        value = default;
        if (Required && node is JsonString single)
        {
            value = new EquatableArray<string>([single.Value]);
            return true;
        }

        if (node is not JsonArray array)
        {
            ReportWrongType(node, diagnostics);
            return false;
        }

        return ListCount.Check(array, Name, MinimumCount, MaximumCount, diagnostics) && TryReadTexts(array, diagnostics, out value);
    }

    private bool TryReadTexts(JsonArray array, DiagnosticBag diagnostics, out EquatableArray<string> value)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        for (int i = 0; i < array.Elements.Length; i++)
        {
            if (array.Elements[i] is JsonString text)
            {
                texts.Add(text.Value);
                continue;
            }

            string element = string.Format(CultureInfo.InvariantCulture, "'{0}[{1}]'", Name, i);
            diagnostics.Add(DiagnosticTable.WrongType, array.Elements[i].Span, element, "a string", array.Elements[i].Kind);
        }

        value = new EquatableArray<string>(texts.ToImmutable());
        return value.Count == array.Elements.Length;
    }
}
