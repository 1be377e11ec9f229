using System.Collections.Immutable;
using System.Globalization;

namespace NativeNet.Description.Json;

/// <summary>A strict reader of RFC 8259 that keeps the place of every key and value.</summary>
/// <remarks>
/// The generator is one file that loads into any compiler, so it brings no JSON library; and build errors underline
/// exact spans, which trees made for data do not keep. The reader stops at the first mistake in the syntax, since what
/// follows one is guesswork. Strings, numbers and failures have a file each beside this one.
/// </remarks>
internal sealed partial class JsonReader
{
    /// <summary>
    /// The most UTF-16 code units in a text: several times what the largest network takes, and little enough that the
    /// most hostile text is refused in a fraction of a second while someone types.
    /// </summary>
    public const int MostCharacters = 1 << 18;

    /// <summary>The most objects and arrays around one value; a network needs three.</summary>
    public const int MostLevels = 32;

    private readonly string _text;
    private readonly DiagnosticBag _diagnostics;
    private int _position;

    private JsonReader(string text, DiagnosticBag diagnostics)
    {
        _text = text;
        _diagnostics = diagnostics;
    }

    /// <summary>The character at the reader's position, or NUL at the end of the text.</summary>
    private char Current => _position < _text.Length ? _text[_position] : '\0';

    private bool AtEnd => _position >= _text.Length;

    /// <summary>Reads one value that fills <paramref name="text"/>, a byte-order mark and white space aside.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="diagnostics">Receives the first mistake.</param>
    /// <returns>The value, or null when <paramref name="diagnostics"/> received a mistake.</returns>
    public static JsonNode? Read(string text, DiagnosticBag diagnostics)
    {
        if (text.Length > MostCharacters)
        {
            diagnostics.Add(DiagnosticTable.FileTooLarge, new SourceSpan(0, 0), "The file", Invariant(text.Length), Invariant(MostCharacters));
            return null;
        }

        return new JsonReader(text, diagnostics).ReadDocument();
    }

    private JsonNode? ReadDocument()
    {
        if (Current == '\uFEFF')
            _position++;

        SkipWhiteSpace();
        if (AtEnd)
            return Fail("the file is empty; a network is one object, { \"input\": …, \"layers\": … }");

        JsonNode? root = ReadValue(MostLevels);
        if (root is null)
            return null;

        SkipWhiteSpace();
        if (AtEnd)
            return root;

        if (Current == '/')
            return FailAtUnexpected("the end of the file");

        _diagnostics.Add(DiagnosticTable.TrailingText, new SourceSpan(_position, 1), DescribeCurrent());
        return null;
    }

    /// <param name="levels">How many more brackets may be opened.</param>
    private JsonNode? ReadValue(int levels) => Current switch
    {
        '{' or '[' when levels == 0 => FailTooDeep(),
        '{' => ReadObject(levels - 1),
        '[' => ReadArray(levels - 1),
        '"' => ReadString(),
        '-' or (>= '0' and <= '9') => ReadNumber(),
        _ => ReadLiteral(),
    };

    private JsonObject? ReadObject(int levels)
    {
        int start = _position++;
        var properties = ImmutableArray.CreateBuilder<JsonProperty>();

        SkipWhiteSpace();
        if (Current == '}')
            return new JsonObject(EndAfter(start), []);

        while (true)
        {
            if (Current != '"')
            {
                FailAtUnexpected("a key in double quotes");
                return null;
            }

            if (ReadString() is not { } name)
                return null;

            SkipWhiteSpace();
            if (Current != ':')
            {
                FailAtUnexpected("':' after the key");
                return null;
            }

            _position++;
            SkipWhiteSpace();
            if (ReadValue(levels) is not { } value)
                return null;

            properties.Add(new JsonProperty(name.Value, name.Span, value));
            if (!ReadSeparator('}', out bool closed))
                return null;

            if (closed)
                return new JsonObject(EndAfter(start), properties.ToImmutable());
        }
    }

    private JsonArray? ReadArray(int levels)
    {
        int start = _position++;
        var elements = ImmutableArray.CreateBuilder<JsonNode>();

        SkipWhiteSpace();
        if (Current == ']')
            return new JsonArray(EndAfter(start), []);

        while (true)
        {
            if (ReadValue(levels) is not { } element)
                return null;

            elements.Add(element);
            if (!ReadSeparator(']', out bool closed))
                return null;

            if (closed)
                return new JsonArray(EndAfter(start), elements.ToImmutable());
        }
    }

    /// <summary>Steps over the comma after a value, or stops at the closing bracket.</summary>
    /// <returns>Whether one of them was there.</returns>
    private bool ReadSeparator(char close, out bool closed)
    {
        SkipWhiteSpace();
        closed = Current == close;
        if (closed)
            return true;

        if (Current != ',')
        {
            FailAtUnexpected($"',' or '{close}'");
            return false;
        }

        int comma = _position++;
        SkipWhiteSpace();
        if (Current != close)
            return true;

        Fail($"a comma may not stand before '{close}'; remove it", new SourceSpan(comma, 1));
        return false;
    }

    private JsonLiteral? ReadLiteral()
    {
        int start = _position;
        while (char.IsLetter(Current))
            _position++;

        string word = _text.Substring(start, _position - start);
        if (word is "true" or "false" or "null")
            return new JsonLiteral(new SourceSpan(start, word.Length), word);

        _position = start;
        if (word.Length == 0)
            FailAtUnexpected("a value");
        else
            Fail($"'{Excerpt.Of(word)}' is not a value; text stands in double quotes", new SourceSpan(start, word.Length));
        return null;
    }

    private void SkipWhiteSpace()
    {
        while (Current is ' ' or '\t' or '\n' or '\r')
            _position++;
    }

    /// <summary>Steps over the last character of a value that began at <paramref name="start"/>.</summary>
    private SourceSpan EndAfter(int start) => SourceSpan.Between(start, ++_position);

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
