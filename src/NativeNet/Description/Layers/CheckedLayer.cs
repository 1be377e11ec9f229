namespace NativeNet.Description.Layers;

/// <summary>What is known of a layer after its check.</summary>
/// <param name="Spec">The layer, or null where a mistake was reported.</param>
/// <param name="Output">The shape of a sample that leaves, or null where a mistake hides it.</param>
/// <param name="Parameters">Its parameters, 0 where a mistake hides their number.</param>
/// <param name="Activations">The floats it writes for one sample, 0 where it moves no data or a mistake hides them.</param>
internal readonly record struct CheckedLayer(LayerSpec? Spec, Shape? Output, long Parameters, long Activations);
