using NativeNet.Description.Json;

namespace NativeNet.Description.Layers;

/// <summary>A layer that another one reads.</summary>
/// <param name="Index">Its position in the file's <c>layers</c>; −1 is the network's input.</param>
/// <param name="Output">What it puts out, or null where an earlier mistake hides that.</param>
/// <param name="Name">Where the file names it, or null where it is the layer before.</param>
internal readonly record struct LayerSource(int Index, Shape? Output, JsonString? Name)
{
    /// <summary>Whether it is the network's input, be it under another shape.</summary>
    public bool IsInput { get; init; }

    /// <summary>The shape for messages: "6 enters", or "'stem' puts out 6".</summary>
    public string Describe() => Name is { } name ? $"'{Excerpt.Of(name.Value)}' puts out {Output}" : $"{Output} enters";
}
