using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>One type of layer: its keys and what they must fulfil. Each type is one file, named in <see cref="LayerTable"/>.</summary>
/// <param name="name">What an object of this type is called in messages: "a dense layer".</param>
/// <param name="keys">The keys it has besides <c>type</c> and <c>name</c>.</param>
internal abstract class LayerForm(string name, params Key[] keys)
{
    /// <summary>The key that says which form an element of <c>layers</c> has.</summary>
    public static readonly StringKey Type = new("type", required: true);

    /// <summary>The key that lets later layers speak of this one.</summary>
    public static readonly StringKey Name = new("name");

    /// <summary>All its keys.</summary>
    public ObjectForm Form { get; } = new(name, [Type, .. keys, Name]);

    /// <summary>Whether it has anything to train.</summary>
    public abstract bool HasParameters { get; }

    /// <summary>Whether its output can be a network's scores.</summary>
    public abstract bool GivesScores { get; }

    /// <summary>Checks the values of a layer's keys and how it fits its place.</summary>
    /// <param name="layer">An object of this type, its keys checked.</param>
    /// <param name="place">What surrounds the layer.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    public abstract CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics);
}
