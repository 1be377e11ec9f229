using System.ComponentModel;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>
/// Sigmoid and cross-entropy in one, for every score z with target t: max(z, 0) − z · t + log(1 + exp(−|z|)), averaged over
/// scores and samples; its gradient is (sigmoid(z) − t) / (count · outputs).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BinaryCrossEntropyLoss
{
    /// <summary>One loss a sample, and the gradient of the mean with respect to the scores.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="batch">The scores and the places of the results.</param>
    /// <param name="targets">(count, outputs), row-major, each in [0, 1].</param>
    public static void Evaluate<TLanes>(LossBuffers batch, ReadOnlySpan<float> targets)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes scale = TLanes.Create(batch.Reciprocal), one = TLanes.Create(1);
        batch.PlaceTargets(targets);

        for (nuint b = 0; b < batch.Count; b += (nuint)TLanes.Count)
        {
            PartialSums<TLanes>.Begin(ref batch.Sums, batch.Outputs);
            for (nuint i = 0; i < batch.Outputs; i++)
            {
                ref float gradient = ref batch.Gradient(i, b);
                TLanes z = TLanes.Load(ref batch.Score(i, b), 0), t = TLanes.Load(ref gradient, 0);
                TLanes tail = Elementary.Log(one + Elementary.Exp(-TLanes.Abs(z)));
                PartialSums<TLanes>.Add(ref batch.Sums, i, TLanes.Fma(-z, t, Activations.Relu(z)) + tail);
                ((Elementary.Sigmoid(z) - t) * scale).Store(ref gradient, 0);
            }

            PartialSums<TLanes>.Total(ref batch.Sums).Store(ref batch.RowLosses, b);
        }
    }
}
