using NativeNet.Description.Json;
using NativeNet.Description.Layers;

namespace NativeNet.Description.Syntax;

/// <summary>An element of <c>layers</c> whose keys have been checked and whose values have not.</summary>
/// <param name="Form">Its type.</param>
/// <param name="Object">Its keys and values.</param>
/// <param name="Type">The value of its key <c>type</c>.</param>
internal sealed record LayerSyntax(LayerForm Form, JsonObject Object, JsonString Type)
{
    /// <summary>Finds the type of a layer and checks its keys.</summary>
    /// <param name="node">An element of <c>layers</c>.</param>
    /// <param name="name">What it is called in messages: <c>layers[2]</c>.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    /// <returns>The layer, or null where its type cannot be told.</returns>
    public static LayerSyntax? Bind(JsonNode node, string name, DiagnosticBag diagnostics)
    {
        if (node is not JsonObject layer)
        {
            diagnostics.Add(DiagnosticTable.WrongType, node.Span, $"'{name}'", "an object", node.Kind);
            return null;
        }

        Setting<string> type = LayerForm.Type.Read(layer, diagnostics);
        if (type.Property is null)
        {
            diagnostics.Add(DiagnosticTable.MissingKey, layer.Opening, LayerForm.Type.Name, $"'{name}'");
            return null;
        }

        if (type.Property.Value is not JsonString word)
            return null;

        if (!LayerTable.Forms.Contains(word.Value))
        {
            LayerTable.Forms.ReportUnknown(word, diagnostics);
            return null;
        }

        LayerForm form = LayerTable.Forms[word.Value];
        form.Form.CheckKeys(layer, diagnostics);
        return new LayerSyntax(form, layer, word);
    }
}
