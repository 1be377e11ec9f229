using NativeNet.Numerics;
using NativeNet.Storage;
using NativeNet.Tensors;

namespace NativeNet.Training;

/// <summary>The length of a network's gradient, by which it is bounded.</summary>
internal static class GradientNorm
{
    /// <summary>
    /// √Σ g² over the tensors that are trained, row-major and in the order of the table, as <see cref="ChunkedSum"/> adds:
    /// the same on every target, whatever its panels and whatever their padding holds.
    /// </summary>
    /// <param name="table">Where the tensors lie in <paramref name="gradients"/>.</param>
    /// <param name="gradients">(table.Length).</param>
    /// <param name="scratch">At least (table.ParameterCount), overwritten.</param>
    public static float Of(TensorTable table, ReadOnlySpan<float> gradients, Span<float> scratch)
        => (float)Math.Sqrt(ChunkedSum.Of<SquareTerm>(ParameterPacking.UnpackTrained(table, gradients, scratch)));
}
