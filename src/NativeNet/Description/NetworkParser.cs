using NativeNet.Description.Json;
using NativeNet.Description.Syntax;
using NativeNet.Description.Validation;

namespace NativeNet.Description;

/// <summary>Reads the text of a network file: JSON, then its keys, then what they mean.</summary>
internal static class NetworkParser
{
    /// <summary>Reads <paramref name="text"/>. Never throws, whatever the text.</summary>
    /// <param name="text">The content of a <c>*.nn.json</c> file.</param>
    public static NetworkParseResult Parse(string text)
    {
        var diagnostics = new DiagnosticBag(text);
        NetworkSpec? spec = JsonReader.Read(text, diagnostics) is { } json
            && NetworkSyntax.Bind(json, diagnostics) is { } syntax
                ? NetworkValidator.Validate(syntax, diagnostics)
                : null;

        if (spec is not null)
            CheckLength(spec, diagnostics);

        return new NetworkParseResult(diagnostics.IsEmpty ? spec : null, diagnostics.ToArray());
    }

    /// <summary>What is accepted can be written and read again, with every default and escape that its file may leave out.</summary>
    private static void CheckLength(NetworkSpec spec, DiagnosticBag diagnostics)
    {
        int length = NetworkJson.WriteFile(spec).Length;
        if (length > JsonReader.MostCharacters)
            diagnostics.Add(DiagnosticTable.FileTooLarge, new SourceSpan(0, 0), "The network with all its defaults and escapes", JsonText.Of(length), JsonText.Of(JsonReader.MostCharacters));
    }
}
