using System.Text;
using NativeNet.Description;

namespace NativeNet.Generators.Tests.Description;

/// <summary>A text in which «marks» surround what diagnostics must underline.</summary>
internal static class Marked
{
    /// <summary>Parses the text without its marks and expects exactly the marked mistakes, in order.</summary>
    /// <param name="marked">The text with a pair of marks for each mistake, none inside another.</param>
    /// <param name="expectedIds">The number of each mistake.</param>
    public static EquatableArray<NetworkDiagnostic> Verify(string marked, params string[] expectedIds)
    {
        var text = new StringBuilder();
        var spans = new List<SourceSpan>();
        int start = 0;
        foreach (char c in marked)
        {
            if (c == '«')
                start = text.Length;
            else if (c == '»')
                spans.Add(SourceSpan.Between(start, text.Length));
            else
                text.Append(c);
        }

        NetworkParseResult result = NetworkParser.Parse(text.ToString());

        Assert.Equal(expectedIds, result.Diagnostics.Select(static diagnostic => diagnostic.Id));
        Assert.Equal(spans, result.Diagnostics.Select(static diagnostic => diagnostic.Span));
        Assert.Equal(expectedIds.Length == 0, result.Spec is not null);
        return result.Diagnostics;
    }

    /// <summary>Expects one mistake and its whole message.</summary>
    public static void VerifyMessage(string marked, string expectedId, string expectedMessage)
        => Assert.Equal(expectedMessage, Verify(marked, expectedId)[0].Message);
}
