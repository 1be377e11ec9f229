using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>(z − t)² averaged over scores and samples; its gradient is 2 (z − t) / (count · outputs).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MeanSquaredErrorLoss
{
    /// <summary>The mean loss of a batch; writes the gradient of the scores.</summary>
    /// <param name="scores">(count, outputs), rows <paramref name="stride"/> apart.</param>
    /// <param name="gradient">The same shape and stride, overwritten, zeros behind each row.</param>
    /// <param name="stride">Floats from row to row, a multiple of 4.</param>
    /// <param name="outputs">The scores of a sample.</param>
    /// <param name="targets">(count, outputs), row-major.</param>
    /// <param name="rowLosses">(count), overwritten.</param>
    /// <param name="count">The rows.</param>
    public static float Evaluate(
        ref float scores, ref float gradient, int stride, int outputs, ReadOnlySpan<float> targets, ref float rowLosses,
        nuint count)
    {
        float reciprocal = 1f / (count * (nuint)outputs);
        for (nuint b = 0; b < count; b++)
        {
            ref float z = ref Unsafe.Add(ref scores, b * (nuint)stride);
            ref float g = ref Unsafe.Add(ref gradient, b * (nuint)stride);
            ReadOnlySpan<float> t = targets.Slice((int)b * outputs, outputs);
            Unsafe.Add(ref rowLosses, b) = LossOfRow(ref z, ref g, t, stride);

            for (int i = 0; i < outputs; i++)
                Unsafe.Add(ref g, i) = (Unsafe.Add(ref z, i) - t[i]) * 2 * reciprocal;
        }

        return Rows.Mean(ref rowLosses, count, reciprocal);
    }

    private static float LossOfRow(ref float scores, ref float row, ReadOnlySpan<float> targets, int stride)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            float difference = Unsafe.Add(ref scores, i) - targets[i];
            Unsafe.Add(ref row, i) = difference * difference;
        }

        Rows.ClearPadding(ref row, targets.Length, stride);
        return Rows.Sum(ref row, targets.Length);
    }
}
