using System.Globalization;

namespace NativeNet.Description.Json;

/// <summary>Values as JSON text, in plain ASCII and the same in every culture.</summary>
internal static class JsonText
{
    /// <summary>A text in double quotes; whatever is not plain ASCII is escaped.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(string text)
        => "\"" + string.Concat(text.Select(static c => c is >= ' ' and <= '~' and not ('"' or '\\')
            ? c.ToString()
            : string.Format(CultureInfo.InvariantCulture, "\\u{0:X4}", (int)c))) + "\"";

    /// <summary>An integer in digits.</summary>
    /// <param name="value">Any integer.</param>
    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Nine digits give a float back; the file's numbers are read as doubles and rounded, which keeps them.</summary>
    /// <param name="value">A finite number.</param>
    public static string Of(float value) => value.ToString("G9", CultureInfo.InvariantCulture);

    /// <summary>One of the two literals.</summary>
    /// <param name="value">Which.</param>
    public static string Of(bool value) => value ? "true" : "false";

    /// <summary>An array without blanks.</summary>
    /// <param name="elements">The text of each element.</param>
    public static string ArrayOf(IEnumerable<string> elements) => "[" + string.Join(",", elements) + "]";
}
