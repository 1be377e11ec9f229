using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>
/// Sigmoid and cross-entropy in one, for every score z with target t: max(z, 0) − z · t + log(1 + exp(−|z|)), averaged over
/// scores and samples; its gradient is (sigmoid(z) − t) / (count · outputs).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BinaryCrossEntropyLoss
{
    /// <summary>The mean loss of a batch; writes the gradient of the scores.</summary>
    /// <param name="scores">(count, outputs), rows <paramref name="stride"/> apart.</param>
    /// <param name="gradient">The same shape and stride, overwritten, zeros behind each row.</param>
    /// <param name="stride">Floats from row to row, a multiple of 4.</param>
    /// <param name="outputs">The scores of a sample.</param>
    /// <param name="targets">(count, outputs), row-major, each in [0, 1].</param>
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
            targets.Slice((int)b * outputs, outputs).CopyTo(Rows.AsSpan(ref g, outputs));
            Unsafe.Add(ref rowLosses, b) = LossOfRow(ref z, ref g, stride, outputs);
            targets.Slice((int)b * outputs, outputs).CopyTo(Rows.AsSpan(ref g, outputs));

            var scale = Lanes128.Create(reciprocal);
            for (nuint i = 0; i < (nuint)outputs; i += 4)
                ((Elementary.Sigmoid(Lanes128.Load(ref z, i)) - Lanes128.Load(ref g, i)) * scale).Store(ref g, i);
            Rows.ClearPadding(ref g, outputs, stride);
        }

        return Rows.Mean(ref rowLosses, count, reciprocal);
    }

    /// <summary>Replaces the targets in <paramref name="row"/> by the scores' losses and adds them up.</summary>
    private static float LossOfRow(ref float scores, ref float row, int stride, int outputs)
    {
        var one = Lanes128.Create(1);
        for (nuint i = 0; i < (nuint)outputs; i += 4)
        {
            Lanes128 z = Lanes128.Load(ref scores, i), t = Lanes128.Load(ref row, i);
            Lanes128 tail = Elementary.Log(one + Elementary.Exp(-Lanes128.Abs(z)));
            (Lanes128.Fma(-z, t, Activations.Relu(z)) + tail).Store(ref row, i);
        }

        Rows.ClearPadding(ref row, outputs, stride);
        return Rows.Sum(ref row, outputs);
    }
}
