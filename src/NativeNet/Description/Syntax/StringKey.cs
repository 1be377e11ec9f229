using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>A key whose value is any text.</summary>
/// <param name="name">The key as files spell it.</param>
/// <param name="required">Whether an object without it is wrong.</param>
internal sealed class StringKey(string name, bool required = false) : ValueKey<string>(name, required, "")
{
    protected override string Expected => "a string";

    protected override string Format(string value) => JsonText.Of(value);

    protected override bool TryRead(JsonNode node, DiagnosticBag diagnostics, out string value)
    {
        value = Default;
        if (node is not JsonString text)
        {
            ReportWrongType(node, diagnostics);
            return false;
        }

        value = text.Value;
        return true;
    }
}
