using System.Globalization;

namespace NativeNet.Program.Reports;

/// <summary>Writes rows of CSV.</summary>
internal static class CsvText
{
    /// <summary>Fields with commas between; NaN is an empty one, and quotes stand around those that need them, as RFC 4180 has it.</summary>
    /// <param name="fields">Texts and numbers.</param>
    public static string Row(params object[] fields)
        => string.Join(',', fields.Select(static field => field is double.NaN ? "" : Quoted(Convert.ToString(field, CultureInfo.InvariantCulture)!)));

    private static string Quoted(string field)
        => field.AsSpan().ContainsAny(',', '"') ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
