using System.Collections.Immutable;

namespace NativeNet.Description;

/// <summary>Gathers the mistakes of one text and puts them in text order.</summary>
/// <param name="text">The text that the spans refer to.</param>
internal sealed class DiagnosticBag(string text)
{
    /// <summary>More than this many are not read by anyone, and a hostile file could ask for hundreds of thousands.</summary>
    public const int MostReported = 100;

    private readonly List<(DiagnosticRule Rule, SourceSpan Span, string[] Arguments)> _found = [];

    /// <summary>Whether nothing was found.</summary>
    public bool IsEmpty => _found.Count == 0;

    /// <summary>Notes a mistake.</summary>
    /// <param name="rule">Its kind.</param>
    /// <param name="span">The text to underline.</param>
    /// <param name="arguments">What fills the placeholders of the kind's message.</param>
    public void Add(DiagnosticRule rule, SourceSpan span, params string[] arguments)
        => _found.Add((rule, span, arguments));

    /// <summary>The mistakes by where they start; those that start together in the order they were found.</summary>
    public EquatableArray<NetworkDiagnostic> ToArray()
    {
        var sorted = ImmutableArray.CreateBuilder<NetworkDiagnostic>();
        int line = 1, lineStart = 0, position = 0;

        foreach ((DiagnosticRule rule, SourceSpan span, string[] arguments) in _found.OrderBy(static f => f.Span.Start).Take(MostReported))
        {
            for (; position < span.Start; position++)
            {
                // CR LF ends one line: the CR does not count when LF follows.
                bool ends = text[position] == '\n'
                    || (text[position] == '\r' && (position + 1 == text.Length || text[position + 1] != '\n'));
                if (ends)
                {
                    line++;
                    lineStart = position + 1;
                }
            }

            sorted.Add(new NetworkDiagnostic(
                rule.Id, span, line, span.Start - lineStart + 1, new EquatableArray<string>([.. arguments])));
        }

        return new EquatableArray<NetworkDiagnostic>(sorted.ToImmutable());
    }
}
