using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A sum of layers, which adds its gradient wherever one is already.</summary>
/// <param name="Add">The layer.</param>
/// <param name="Views">The values that it reads and writes.</param>
internal sealed record AddPlan(AddSpec Add, LayerViews Views) : LayerPlan(Add, Views, default);
