namespace NativeNet.Description.Layers;

/// <summary>What is known of a layer after its check.</summary>
/// <param name="Spec">The layer, or null where a mistake was reported or hides it.</param>
/// <param name="Output">The shape of a sample that leaves, or null where a mistake hides it.</param>
internal readonly record struct CheckedLayer(LayerSpec? Spec, Shape? Output)
{
    /// <summary>A layer without a mistake.</summary>
    /// <param name="spec">The layer.</param>
    public static CheckedLayer Of(LayerSpec spec) => new(spec, spec.Output);
}
