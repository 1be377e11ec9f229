using System.Collections.Immutable;
using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Layers;

/// <summary>One type of layer: its keys, what they must fulfil, and how they are written back. Named in <see cref="LayerTable"/>.</summary>
/// <param name="name">What an object of this type is called in messages: "a dense layer".</param>
/// <param name="keys">The keys it has besides <c>type</c> and <c>name</c>.</param>
internal abstract class LayerForm(string name, Key[] keys)
{
    /// <summary>The key that says which form an element of <c>layers</c> has.</summary>
    public static readonly StringKey Type = new("type", required: true);

    /// <summary>The key that lets later layers speak of this one.</summary>
    public static readonly StringKey Name = new("name");

    /// <summary>The key of layers with parameters that says what training changes of them.</summary>
    public static readonly TrainableKey Trainable = new("trainable");

    /// <summary>All its keys.</summary>
    public ObjectForm Form { get; } = new(name, [Type, .. keys, Name]);

    /// <summary>Whether its output can be a network's scores.</summary>
    public virtual bool GivesScores => true;

    /// <summary>Finds what a layer reads.</summary>
    /// <param name="layer">An object of this type, its keys checked.</param>
    /// <param name="names">The layers that can be spoken of.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    /// <returns>At least one source, in the order of operands; null stands for one that a mistake hides.</returns>
    public abstract ImmutableArray<LayerSource?> FindSources(JsonObject layer, LayerNames names, DiagnosticBag diagnostics);

    /// <summary>Checks the values of a layer's keys and how it fits its place.</summary>
    /// <param name="layer">An object of this type, its keys checked.</param>
    /// <param name="place">What surrounds the layer.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    public abstract CheckedLayer Check(JsonObject layer, LayerPlace place, DiagnosticBag diagnostics);

    /// <summary>The keys of a layer besides its type and name, each behind a comma; reading them gives the layer again.</summary>
    /// <param name="layer">A layer of this type.</param>
    /// <param name="nameOf">The name of a layer by its position; −1 is the network's input.</param>
    public abstract string Write(LayerSpec layer, Func<int, string> nameOf);
}
