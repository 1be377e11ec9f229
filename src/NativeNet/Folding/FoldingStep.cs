namespace NativeNet.Folding;

/// <summary>What became of one layer.</summary>
/// <param name="Layer">Its position in the file of the network that was folded.</param>
/// <param name="Type">The word for its type.</param>
/// <param name="Into">The position of the layer that took it in, or null where it was removed or stays.</param>
/// <param name="Obstacle">Why it stays, as the end of a sentence; null where it is gone.</param>
public sealed record FoldingStep(int Layer, string Type, int? Into, string? Obstacle);
