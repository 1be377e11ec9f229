using System.Collections.Immutable;
using NativeNet.Description;

namespace NativeNet.Folding;

/// <summary>A network that predicts as another did, without what only training needed.</summary>
/// <param name="Spec">The network.</param>
/// <param name="Parameters">Its parameters, row-major, the tensors one behind the other.</param>
/// <param name="Steps">What became of every batchNorm and dropout layer, in the order of the file.</param>
public sealed record FoldedNetwork(NetworkSpec Spec, ImmutableArray<float> Parameters, ImmutableArray<FoldingStep> Steps);
