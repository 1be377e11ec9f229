using System.Collections.Immutable;
using NativeNet.Description.Json;

namespace NativeNet.Description.Syntax;

/// <summary>The keys that one kind of object has.</summary>
/// <param name="name">What the object is, for messages: "a dense layer".</param>
/// <param name="keys">Its keys, in the order in which messages list them.</param>
internal sealed class ObjectForm(string name, params Key[] keys)
{
    /// <summary>What the object is.</summary>
    public string Name { get; } = name;

    /// <summary>Its keys.</summary>
    public ImmutableArray<Key> Keys { get; } = [.. keys];

    /// <summary>Reports the keys of <paramref name="owner"/> that are unknown, given twice or missing.</summary>
    /// <param name="owner">An object of this kind.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    public void CheckKeys(JsonObject owner, DiagnosticBag diagnostics)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in owner.Properties)
        {
            if (!Keys.Any(key => key.Name == property.Name))
                ReportUnknown(property, diagnostics);
            else if (!given.Add(property.Name))
                diagnostics.Add(DiagnosticTable.DuplicateKey, property.NameSpan, property.Name, Name);
        }

        foreach (Key key in Keys)
        {
            if (key.Required && !given.Contains(key.Name) && !Spelling.IsMisspelledIn(owner, key.Name))
                diagnostics.Add(DiagnosticTable.MissingKey, owner.Opening, key.Name, Name);
        }
    }

    private void ReportUnknown(JsonProperty property, DiagnosticBag diagnostics)
        => diagnostics.Add(
            DiagnosticTable.UnknownKey,
            property.NameSpan,
            Excerpt.Of(property.Name),
            Name,
            Spelling.Suggest(property.Name, [.. Keys.Select(static key => key.Name)]));
}
