using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Softmax and cross-entropy in one: the mean of log Σ exp(s) − s[target], and its gradient (p − t) / count.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftmaxCrossEntropyLoss
{
    /// <summary>One loss a sample, and the gradient of the mean with respect to the scores.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="batch">The scores and the places of the results.</param>
    /// <param name="targets">One class number a sample, in range.</param>
    public static void Evaluate<TLanes>(LossBuffers batch, ReadOnlySpan<int> targets)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint b = 0; b < batch.Count; b += (nuint)TLanes.Count)
        {
            Softmax<TLanes>(batch, b);
            SubtractTargets(batch, b, targets[(int)b..Math.Min((int)b + TLanes.Count, targets.Length)]);

            var scale = TLanes.Create(batch.Reciprocal);
            for (nuint i = 0; i < batch.Outputs; i++)
            {
                ref float gradient = ref batch.Gradient(i, b);
                (TLanes.Load(ref gradient, 0) * scale).Store(ref gradient, 0);
            }
        }
    }

    /// <summary>Probabilities into the gradient's place, log Σ exp(s) into the losses'.</summary>
    private static void Softmax<TLanes>(LossBuffers batch, nuint b)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes max = TLanes.Load(ref batch.Score(0, b), 0);
        for (nuint i = 1; i < batch.Outputs; i++)
        {
            // Where a score is NaN the whole row becomes NaN, whichever of the two is kept.
            TLanes score = TLanes.Load(ref batch.Score(i, b), 0);
            max = TLanes.Max(score, max);
        }

        PartialSums<TLanes>.Clear(ref batch.Sums);
        for (nuint i = 0; i < batch.Outputs; i++)
        {
            TLanes exponential = Elementary.Exp(TLanes.Load(ref batch.Score(i, b), 0) - max);
            exponential.Store(ref batch.Gradient(i, b), 0);
            PartialSums<TLanes>.Add(ref batch.Sums, i, exponential);
        }

        TLanes sum = PartialSums<TLanes>.Total(ref batch.Sums);
        for (nuint i = 0; i < batch.Outputs; i++)
        {
            ref float gradient = ref batch.Gradient(i, b);
            (TLanes.Load(ref gradient, 0) / sum).Store(ref gradient, 0);
        }

        (Elementary.Log(sum) + max).Store(ref batch.RowLosses, b);
    }

    private static void SubtractTargets(LossBuffers batch, nuint b, ReadOnlySpan<int> targets)
    {
        foreach (int target in targets)
        {
            batch.Gradient((nuint)target, b) -= 1;
            Unsafe.Add(ref batch.RowLosses, b) -= batch.Score((nuint)target, b);
            b++;
        }
    }
}
