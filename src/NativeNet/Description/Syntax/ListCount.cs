using System.Globalization;
using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>The check that every list has: enough elements and not too many.</summary>
internal static class ListCount
{
    /// <summary>Whether <paramref name="array"/> has a permitted number of elements; if not, reports it.</summary>
    /// <param name="array">The list.</param>
    /// <param name="name">The key that it is the value of.</param>
    /// <param name="minimum">The fewest elements.</param>
    /// <param name="maximum">The most elements.</param>
    /// <param name="diagnostics">Receives the mistake, under the opening bracket.</param>
    public static bool Check(JsonArray array, string name, int minimum, int maximum, DiagnosticBag diagnostics)
    {
        int count = array.Elements.Length;
        if (count >= minimum && count <= maximum)
            return true;

        diagnostics.Add(
            DiagnosticTable.WrongCount,
            new SourceSpan(array.Span.Start, 1),
            name,
            minimum.ToString(CultureInfo.InvariantCulture),
            maximum.ToString(CultureInfo.InvariantCulture),
            count.ToString(CultureInfo.InvariantCulture));
        return false;
    }
}
