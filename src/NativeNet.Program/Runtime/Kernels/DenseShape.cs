using NativeNet.Compiler.Planning;
using NativeNet.Tensors;

namespace NativeNet.Runtime.Kernels;

/// <summary>What the kernels of a dense layer know of it.</summary>
/// <param name="Matrix">The layout of the weights: inputs are rows, units columns.</param>
/// <param name="Weights">The offset of the weights among the parameters.</param>
/// <param name="Biases">The offset of the biases; negative where there are none.</param>
/// <param name="Chains">P, the chains of a forward sum.</param>
internal readonly record struct DenseShape(PanelMatrix Matrix, int Weights, int Biases, int Chains)
{
    /// <summary>Whether sums start at biases; else at +0.</summary>
    public bool HasBiases => Biases >= 0;

    /// <summary>K.</summary>
    public int Inputs => Matrix.Rows;

    /// <summary>N.</summary>
    public int Units => Matrix.Columns;

    /// <summary>The shape of a planned layer.</summary>
    /// <param name="plan">The layer.</param>
    public static DenseShape Of(DensePlan plan) => new(plan.Weights.Matrix, plan.Weights.Offset, plan.Bias?.Offset ?? -1, plan.Chains);
}
