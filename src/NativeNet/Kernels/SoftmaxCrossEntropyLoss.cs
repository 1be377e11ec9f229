using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Softmax and cross-entropy in one: the mean of log Σ exp(s) − s[target], and its gradient (p − t) / count.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftmaxCrossEntropyLoss
{
    /// <summary>The mean loss of a batch; writes the gradient of the scores.</summary>
    /// <param name="scores">(count, outputs), rows <paramref name="stride"/> apart.</param>
    /// <param name="gradient">The same shape and stride, overwritten, zeros behind each row.</param>
    /// <param name="stride">Floats from row to row, a multiple of 4.</param>
    /// <param name="outputs">The classes.</param>
    /// <param name="targets">One class number a row, in range.</param>
    /// <param name="rowLosses">(count), overwritten.</param>
    /// <param name="count">The rows.</param>
    public static float Evaluate(
        ref float scores, ref float gradient, int stride, int outputs, ReadOnlySpan<int> targets, ref float rowLosses,
        nuint count)
    {
        float reciprocal = 1f / count;
        for (nuint b = 0; b < count; b++)
        {
            ref float s = ref Unsafe.Add(ref scores, b * (nuint)stride);
            ref float g = ref Unsafe.Add(ref gradient, b * (nuint)stride);
            Unsafe.Add(ref rowLosses, b) = EvaluateRow(ref s, ref g, stride, outputs, (nuint)targets[(int)b], reciprocal);
        }

        return Rows.Mean(ref rowLosses, count, reciprocal);
    }

    private static float EvaluateRow(
        ref float scores, ref float gradient, int stride, int outputs, nuint target, float reciprocal)
    {
        float max = Max(ref scores, outputs);
        var shift = Lanes128.Create(max);
        for (nuint i = 0; i < (nuint)outputs; i += 4)
            Elementary.Exp(Lanes128.Load(ref scores, i) - shift).Store(ref gradient, i);
        Rows.ClearPadding(ref gradient, outputs, stride);

        float sum = Rows.Sum(ref gradient, outputs);
        float probability = Unsafe.Add(ref gradient, target) / sum;
        Lanes128 sums = Lanes128.Create(sum), reciprocals = Lanes128.Create(reciprocal);
        for (nuint i = 0; i < (nuint)outputs; i += 4)
            (Lanes128.Load(ref gradient, i) / sums * reciprocals).Store(ref gradient, i);
        Unsafe.Add(ref gradient, target) = (probability - 1) * reciprocal;
        Rows.ClearPadding(ref gradient, outputs, stride);

        return Elementary.Log(sum) + max - Unsafe.Add(ref scores, target);
    }

    private static float Max(ref float scores, int outputs)
    {
        float max = scores;
        for (nuint i = 1; i < (nuint)outputs; i++)
        {
            float score = Unsafe.Add(ref scores, i);
            max = score > max ? score : max;
        }

        return max;
    }
}
