using System.Collections.Immutable;

namespace NativeNet.Description.Layers;

/// <summary>What a layer must know of the network around it.</summary>
/// <param name="Index">Its position in the file's <c>layers</c>, from 0.</param>
/// <param name="Sources">What it reads, at least one layer; null stands for one that a mistake hides.</param>
internal readonly record struct LayerPlace(int Index, ImmutableArray<LayerSource?> Sources)
{
    /// <summary>The shape of a sample that enters, or null where an earlier mistake hides it.</summary>
    public Shape? Input => Sources[0]?.Output;
}
