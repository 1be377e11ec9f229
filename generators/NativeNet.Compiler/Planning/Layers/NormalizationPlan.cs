using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A normalization by means and deviations that are found before training: it has a way forward alone.</summary>
/// <param name="Norm">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
/// <param name="Tensors">Its means and deviations.</param>
/// <param name="Share">Room for an input gradient, which nobody wants.</param>
internal sealed record NormalizationPlan(NormalizationSpec Norm, LayerViews Views, EquatableArray<ParameterTensor> Tensors, View Share)
    : LibraryPlan(Norm, Views, Tensors, Share);
