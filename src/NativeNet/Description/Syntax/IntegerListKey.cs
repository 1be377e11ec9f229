using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>A required key whose value is a short list of integers in a range.</summary>
/// <param name="name">The key as files spell it.</param>
/// <param name="maximumCount">The most elements; the fewest are 1.</param>
/// <param name="minimum">The least value of an element.</param>
/// <param name="maximum">The greatest value of an element.</param>
internal sealed class IntegerListKey(string name, int maximumCount, int minimum, int maximum)
    : ValueKey<EquatableArray<int>>(name, required: true, default)
{
    /// <summary>The most elements; the fewest are 1.</summary>
    public int MaximumCount { get; } = maximumCount;

    /// <summary>The least value of an element.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>The greatest value of an element.</summary>
    public int Maximum { get; } = maximum;

    protected override string Expected => "an array of integers";

    protected override string Format(EquatableArray<int> value) => JsonText.ArrayOf(value.Select(JsonText.Of));

    protected override bool TryRead(JsonNode node, DiagnosticBag diagnostics, out EquatableArray<int> value)
    {
        value = default;
        if (node is not JsonArray array)
        {
            ReportWrongType(node, diagnostics);
            return false;
        }

        if (!ListCount.Check(array, Name, 1, MaximumCount, diagnostics))
            return false;

        var integers = ImmutableArray.CreateBuilder<int>();
        for (int i = 0; i < array.Elements.Length; i++)
        {
            string element = string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", Name, i);
            if (array.Elements[i] is not JsonNumber number)
                diagnostics.Add(DiagnosticTable.WrongType, array.Elements[i].Span, $"'{element}'", "an integer", array.Elements[i].Kind);
            else if (IntegerKey.TryReadNumber(number, element, Minimum, Maximum, diagnostics, out int integer))
                integers.Add(integer);
        }

        value = new EquatableArray<int>(integers.ToImmutable());
        return value.Count == array.Elements.Length;
    }
}
