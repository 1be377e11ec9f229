using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>An optional key whose value is an object with a form of its own.</summary>
/// <param name="name">The key as files spell it.</param>
internal sealed class ObjectKey(string name) : Key<JsonObject?>(name, required: false, null)
{
    protected override string Expected => "an object";

    protected override bool TryRead(JsonNode node, DiagnosticBag diagnostics, out JsonObject? value)
    {
        value = node as JsonObject;
        if (value is not null)
            return true;

        ReportWrongType(node, diagnostics);
        return false;
    }
}
