using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>Layers side by side: copies of their channels, and on the way back of the gradients of these.</summary>
/// <param name="Concat">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
internal sealed record ConcatPlan(ConcatSpec Concat, LayerViews Views) : LayerPlan(Concat, Views, default);
