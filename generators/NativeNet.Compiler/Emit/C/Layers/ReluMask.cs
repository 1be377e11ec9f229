using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Where the gradient of a relu's dead units need not be summed, because the layer that reads them knows that it will be 0.</summary>
/// <remarks>For one sample alone: over a batch, tiles of inputs share what they load, and no unit is dead for all samples.</remarks>
internal static class ReluMask
{
    /// <summary>Whether the reader of a layer's outputs leaves 0 where the outputs are 0, so that the activation is taken back already.</summary>
    /// <param name="program">The network.</param>
    /// <param name="layer">The layer that puts out.</param>
    public static bool IsTakenBack(Program program, LayerPlan layer) => program.Layers.Any(reader => reader is DensePlan dense && Source(program, dense) == layer);

    /// <summary>Whether a dense layer knows which of its inputs are dead units.</summary>
    /// <param name="program">The network.</param>
    /// <param name="reader">The layer that reads.</param>
    public static bool Knows(Program program, DensePlan reader) => Source(program, reader) is not null;

    private static LayerPlan? Source(Program program, DensePlan reader)
    {
        bool isAlone = reader.Views.InputGradient is { Adds: false, Gradient: not null }
            && program.Layers.Sum(other => other.Views.Inputs.Count(input => input.Buffer == reader.Views.Input.Buffer)) == 1;
        return program.Spec.BatchSize > 1 || !isAlone ? null : program.Layers.FirstOrDefault(layer
            => layer.Spec is IActivatedLayer { Activation.Kind: ActivationKind.Relu } && layer is DensePlan or ConvPlan
                && layer.Views.Output == reader.Views.Input && layer.SumGradient == reader.Views.InputGradient.Gradient);
    }
}
