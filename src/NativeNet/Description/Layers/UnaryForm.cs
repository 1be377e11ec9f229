using System.Collections.Immutable;
using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>A type of layer that reads one other: the layer before, or the one that <c>from</c> names.</summary>
/// <param name="name">What an object of this type is called in messages: "a dense layer".</param>
/// <param name="keys">The keys it has besides <c>type</c>, <c>from</c> and <c>name</c>.</param>
/// <typeparam name="TSpec">The layer once it has been checked.</typeparam>
internal abstract class UnaryForm<TSpec>(string name, params Key[] keys) : LayerForm(name, [.. keys, SourceKey.From])
    where TSpec : LayerSpec
{
    public sealed override ImmutableArray<LayerSource?> FindSources(JsonObject layer, LayerNames names, DiagnosticBag diagnostics)
    {
        Setting<string> from = SourceKey.From.Read(layer, diagnostics);
        if (!from.IsValid)
            return [null];

        return [from.Property is { } given ? names.Find((JsonString)given.Value, diagnostics) : names.Before];
    }

    public sealed override string Write(LayerSpec layer, Func<int, string> nameOf)
    {
        int source = layer.Sources[0];
        return WriteKeys((TSpec)layer) + (source == layer.Index - 1 ? "" : SourceKey.From.Write(nameOf(source)));
    }

    /// <summary>The keys of its own, each behind a comma.</summary>
    /// <param name="layer">A layer of this type.</param>
    protected virtual string WriteKeys(TSpec layer) => "";
}
