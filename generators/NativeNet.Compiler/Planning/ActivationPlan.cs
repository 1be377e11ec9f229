using NativeNet.Description;

namespace NativeNet.Compiler.Planning;

/// <summary>A function of every element, whose loops are written into the network.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Wires">Where it reads and writes.</param>
internal sealed record ActivationPlan(ActivationLayerSpec Layer, LayerWires Wires) : LayerPlan(Layer, Wires);
