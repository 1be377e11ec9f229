using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>An optional key whose value is <c>true</c> or <c>false</c>.</summary>
/// <param name="name">The key as files spell it.</param>
/// <param name="defaultValue">What an absent key stands for.</param>
internal sealed class SwitchKey(string name, bool defaultValue) : ValueKey<bool>(name, required: false, defaultValue)
{
    protected override string Expected => "true or false";

    protected override string Format(bool value) => JsonText.Of(value);

    protected override bool TryRead(JsonNode node, DiagnosticBag diagnostics, out bool value)
    {
        value = Default;
        if (node is not JsonLiteral { Text: "true" or "false" } literal)
        {
            ReportWrongType(node, diagnostics);
            return false;
        }

        value = literal.Text == "true";
        return true;
    }
}
