using NativeNet.Description;

namespace NativeNet.Generators.Planning;

/// <summary>A layer whose kernels are the library's, called with its shape: nothing of it needs registers of its own.</summary>
/// <param name="Spec">The layer.</param>
/// <param name="Wires">Where it reads and writes.</param>
/// <param name="Share">Room for a gradient that has to be added to what is there; null where there is none.</param>
internal sealed record LibraryPlan(LayerSpec Spec, LayerWires Wires, Value? Share) : LayerPlan(Spec, Wires);
