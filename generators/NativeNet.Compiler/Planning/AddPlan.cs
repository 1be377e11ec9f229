using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A sum of layers, which adds its gradient wherever one is already.</summary>
/// <param name="Add">The layer.</param>
/// <param name="Wires">Where it reads and writes.</param>
internal sealed record AddPlan(AddSpec Add, LayerWires Wires) : LayerPlan(Add, Wires);
