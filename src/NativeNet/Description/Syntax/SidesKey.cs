using System.Globalization;
using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>Two numbers, one down the rows and one across the columns.</summary>
/// <param name="Vertical">Down the rows.</param>
/// <param name="Horizontal">Across the columns.</param>
internal readonly record struct Sides(int Vertical, int Horizontal);

/// <summary>
/// A key whose value is one integer for both sides of an image, or an array of two: rows, columns. A signal has one side.
/// </summary>
/// <param name="name">The key as files spell it.</param>
/// <param name="sides">2, or 1 where an array is a mistake.</param>
/// <param name="minimum">The least value of a side.</param>
/// <param name="maximum">The greatest value of a side.</param>
/// <param name="defaultValue">What an absent key stands for on both sides.</param>
/// <param name="required">Whether it must be there; null where that is so without a default value.</param>
internal sealed class SidesKey(string name, int sides, int minimum, int maximum, int? defaultValue = null, bool? required = null)
    : ValueKey<Sides>(name, required ?? defaultValue is null, new Sides(defaultValue ?? minimum, defaultValue ?? minimum))
{
    /// <summary>What an absent key stands for on both sides, or null where another key says.</summary>
    public int? DefaultSide { get; } = defaultValue;

    /// <summary>1 or 2.</summary>
    public int SideCount { get; } = sides;

    /// <summary>The least value of a side.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>The greatest value of a side.</summary>
    public int Maximum { get; } = maximum;

    protected override string Expected => SideCount == 1 ? "an integer" : "an integer or an array of two";

    protected override string Format(Sides value) => FormatSides(value);

    protected override bool TryRead(JsonNode node, DiagnosticBag diagnostics, out Sides value)
        => TryReadSides(node, diagnostics, out value);

    /// <summary>The JSON of a value: one number where there is one side, else two.</summary>
    /// <param name="value">A value that the key accepts.</param>
    public string FormatSides(Sides value) => SideCount == 1
        ? JsonText.Of(value.Horizontal)
        : JsonText.ArrayOf([JsonText.Of(value.Vertical), JsonText.Of(value.Horizontal)]);

    /// <summary>Reads the value, or reports why it cannot be.</summary>
    public bool TryReadSides(JsonNode node, DiagnosticBag diagnostics, out Sides value)
    {
        value = Default;
        if (node is JsonNumber number)
        {
            bool valid = IntegerKey.TryReadNumber(number, Name, Minimum, Maximum, diagnostics, out int both);
            value = new Sides(both, both);
            return valid;
        }

        if (node is not JsonArray array || SideCount == 1)
        {
            ReportWrongType(node, diagnostics);
            return false;
        }

        if (!ListCount.Check(array, Name, 2, 2, diagnostics))
            return false;

        bool first = TryReadSide(array, 0, diagnostics, out int vertical);
        bool second = TryReadSide(array, 1, diagnostics, out int horizontal);
        value = new Sides(vertical, horizontal);
        return first && second;
    }

    private bool TryReadSide(JsonArray array, int index, DiagnosticBag diagnostics, out int side)
    {
        string element = string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", Name, index);
        if (array.Elements[index] is JsonNumber number)
            return IntegerKey.TryReadNumber(number, element, Minimum, Maximum, diagnostics, out side);

        side = 0;
        diagnostics.Add(DiagnosticTable.WrongType, array.Elements[index].Span, $"'{element}'", "an integer", array.Elements[index].Kind);
        return false;
    }
}
