namespace NativeNet.Description.Json;

/// <content>How mistakes in the syntax are put into words.</content>
internal sealed partial class JsonReader
{
    private JsonNode? FailTooDeep()
    {
        _diagnostics.Add(DiagnosticTable.NestedTooDeeply, new SourceSpan(_position, 1), Invariant(MostLevels));
        return null;
    }

    /// <summary>Reports that something else than <paramref name="expected"/> stands at the reader's position.</summary>
    private JsonNode? FailAtUnexpected(string expected)
    {
        if (string.CompareOrdinal(_text, _position, "//", 0, 2) == 0 || string.CompareOrdinal(_text, _position, "/*", 0, 2) == 0)
            return Fail("JSON has no comments; use the key \"description\" instead", new SourceSpan(_position, 2));

        return AtEnd
            ? Fail($"the file ends where {expected} should be")
            : Fail($"expected {expected}, found {DescribeCurrent()}");
    }

    /// <summary>Reports <paramref name="what"/> at the character that the reader stands at, or at the end of the text.</summary>
    private JsonNode? Fail(string what) => Fail(what, new SourceSpan(_position, AtEnd ? 0 : 1));

    private JsonNode? Fail(string what, SourceSpan span)
    {
        _diagnostics.Add(DiagnosticTable.InvalidJson, span, what);
        return null;
    }

    private string DescribeCurrent() => Current switch
    {
        '\'' => "a single quote",
        _ => $"'{Excerpt.Of(_text.Substring(_position, 1))}'",
    };
}
