using System.ComponentModel;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>(z − t)² averaged over scores and samples; its gradient is 2 (z − t) / (count · outputs).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MeanSquaredErrorLoss
{
    /// <summary>One loss a sample, and the gradient of the mean with respect to the scores.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="batch">The scores and the places of the results.</param>
    /// <param name="targets">(count, outputs), row-major.</param>
    public static void Evaluate<TLanes>(LossBuffers batch, ReadOnlySpan<float> targets)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes scale = TLanes.Create(batch.Reciprocal), two = TLanes.Create(2);
        batch.PlaceTargets(targets);

        for (nuint b = 0; b < batch.Count; b += (nuint)TLanes.Count)
        {
            PartialSums<TLanes>.Begin(ref batch.Sums, batch.Outputs);
            for (nuint i = 0; i < batch.Outputs; i++)
            {
                ref float gradient = ref batch.Gradient(i, b);
                TLanes difference = TLanes.Load(ref batch.Score(i, b), 0) - TLanes.Load(ref gradient, 0);
                PartialSums<TLanes>.Add(ref batch.Sums, i, difference * difference);
                (difference * two * scale).Store(ref gradient, 0);
            }

            PartialSums<TLanes>.Total(ref batch.Sums).Store(ref batch.RowLosses, b);
        }
    }
}
