using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>
/// Softmax and cross-entropy in one: the mean of log Σ exp(s) − s[target], and its gradient (p − t) / terms. A sample of
/// several positions, each with a class of its own, has as many terms.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftmaxCrossEntropyLoss
{
    /// <summary>One loss a sample, and the gradient of the mean with respect to the scores.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="batch">The scores and the places of the results.</param>
    /// <param name="targets">(count, positions), class numbers in range.</param>
    /// <param name="classWeights">One factor a class on the losses and gradients of its positions; empty for 1.</param>
    public static void Evaluate<TLanes>(LossBuffers batch, ReadOnlySpan<int> targets, ReadOnlySpan<float> classWeights = default)
        where TLanes : struct, ILanes<TLanes>
    {
        int positions = targets.Length / (int)batch.Count;
        for (int position = 0; position < positions; position++)
        {
            LossBuffers scores = batch.Position(position, positions);
            for (nuint b = 0; b < batch.Count; b += (nuint)TLanes.Count)
            {
                TLanes sum = Exponentials(scores, b, out TLanes max);
                TLanes own = Gradients(scores, b, sum, Targets<TLanes>(scores, targets, ((int)b * positions) + position, positions));
                TLanes loss = Elementary.Log(sum) + max - own;
                if (!classWeights.IsEmpty)
                    loss *= Weigh(scores, b, Weights<TLanes>(scores, classWeights, targets[(((int)b * positions) + position)..], positions));
                if (position > 0)
                    loss = TLanes.Load(ref batch.RowLosses, b) + loss;
                loss.Store(ref batch.RowLosses, b);
            }
        }
    }

    /// <summary>Multiplies the gradients of samples with their weights, which it returns.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TLanes Weigh<TLanes>(LossBuffers batch, nuint b, TLanes weights)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint i = 0; i < batch.Outputs; i++)
        {
            ref float gradient = ref batch.Gradient(i, b);
            (TLanes.Load(ref gradient, 0) * weights).Store(ref gradient, 0);
        }

        return weights;
    }

    /// <summary>The weights of the next samples' classes; any behind the last.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TLanes Weights<TLanes>(LossBuffers batch, ReadOnlySpan<float> classWeights, ReadOnlySpan<int> targets, int positions)
        where TLanes : struct, ILanes<TLanes>
    {
        // The room of the partial sums, which are added by now.
        Span<float> gathered = MemoryMarshal.CreateSpan(ref batch.Sums, TLanes.Count);
        for (int lane = 0; lane < gathered.Length && lane * positions < targets.Length; lane++)
            gathered[lane] = classWeights[targets[lane * positions]];
        return TLanes.Load(ref batch.Sums, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Max<TLanes>(LossBuffers batch, nuint b)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes max = TLanes.Load(ref batch.Score(0, b), 0);
        for (nuint i = 1; i < batch.Outputs; i++)
        {
            // Where a score is NaN the whole row becomes NaN, whichever of the two is kept.
            max = TLanes.Max(TLanes.Load(ref batch.Score(i, b), 0), max);
        }

        return max;
    }

    /// <summary>exp(s − max) into the gradient's place; returns their sum.</summary>
    private static TLanes Exponentials<TLanes>(LossBuffers batch, nuint b, out TLanes max)
        where TLanes : struct, ILanes<TLanes>
    {
        PartialSums<TLanes>.Begin(ref batch.Sums, batch.Outputs);

        // In a register of the loop; as an argument it would be loaded from the stack in every turn.
        TLanes largest = Max<TLanes>(batch, b);
        max = largest;
        for (nuint i = 0; i < batch.Outputs; i++)
        {
            TLanes exponential = Elementary.Exp(TLanes.Load(ref batch.Score(i, b), 0) - largest);
            exponential.Store(ref batch.Gradient(i, b), 0);
            PartialSums<TLanes>.Add(ref batch.Sums, i, exponential);
        }

        return PartialSums<TLanes>.Total(ref batch.Sums);
    }

    /// <summary>(p − t) / count into the gradient's place; returns the score of every sample's own class.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Gradients<TLanes>(LossBuffers batch, nuint b, TLanes sum, TLanes targets)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Create(0), one = TLanes.Create(1), scale = TLanes.Create(batch.Reciprocal), own = zero;
        for (nuint i = 0; i < batch.Outputs; i++)
        {
            TLanes isOwn = TLanes.EqualBits(targets, TLanes.Create(BitConverter.UInt32BitsToSingle((uint)i)));
            own = TLanes.Select(isOwn, TLanes.Load(ref batch.Score(i, b), 0), own);

            ref float gradient = ref batch.Gradient(i, b);
            TLanes probability = TLanes.Load(ref gradient, 0) / sum;
            ((probability - TLanes.Select(isOwn, one, zero)) * scale).Store(ref gradient, 0);
        }

        return own;
    }

    /// <summary>The class numbers of the next samples, as patterns; any behind the last.</summary>
    private static TLanes Targets<TLanes>(LossBuffers batch, ReadOnlySpan<int> targets, int first, int positions)
        where TLanes : struct, ILanes<TLanes>
    {
        ReadOnlySpan<float> patterns = MemoryMarshal.Cast<int, float>(targets)[first..];
        if (positions == 1 && patterns.Length >= TLanes.Count)
            return TLanes.Load(ref MemoryMarshal.GetReference(patterns), 0);

        // The room of the partial sums, which are added by now.
        Span<float> gathered = MemoryMarshal.CreateSpan(ref batch.Sums, TLanes.Count);
        for (int lane = 0; lane < gathered.Length && lane * positions < patterns.Length; lane++)
            gathered[lane] = patterns[lane * positions];
        return TLanes.Load(ref batch.Sums, 0);
    }
}
