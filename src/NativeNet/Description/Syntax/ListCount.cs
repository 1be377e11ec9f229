using System.Globalization;
using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>The check that every list has: at least one element and not too many.</summary>
internal static class ListCount
{
    /// <summary>Whether <paramref name="array"/> has 1 to <paramref name="maximum"/> elements; if not, reports it.</summary>
    /// <param name="array">The list.</param>
    /// <param name="name">The key that it is the value of.</param>
    /// <param name="maximum">The most elements.</param>
    /// <param name="diagnostics">Receives the mistake, under the opening bracket.</param>
    public static bool Check(JsonArray array, string name, int maximum, DiagnosticBag diagnostics)
    {
        int count = array.Elements.Length;
        if (count >= 1 && count <= maximum)
            return true;

        diagnostics.Add(
            DiagnosticTable.WrongCount,
            new SourceSpan(array.Span.Start, 1),
            name,
            "1",
            maximum.ToString(CultureInfo.InvariantCulture),
            count.ToString(CultureInfo.InvariantCulture));
        return false;
    }
}
