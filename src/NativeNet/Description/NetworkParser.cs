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

        return new NetworkParseResult(spec, diagnostics.ToArray());
    }
}
