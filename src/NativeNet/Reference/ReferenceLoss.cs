using System.Numerics;
using NativeNet.Numerics;

namespace NativeNet.Reference;

/// <summary>A loss over a batch, bound to its targets.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal abstract class ReferenceLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many terms the mean is over.</summary>
    protected abstract int Terms(int count, int outputs);

    /// <summary>The loss of one row; writes the gradient of the mean with respect to the row's scores.</summary>
    protected abstract T Row(int row, ReadOnlySpan<T> scores, Span<T> gradient, T reciprocal);

    /// <summary>The mean loss and the gradient of the scores.</summary>
    /// <param name="scores">(count, outputs).</param>
    /// <param name="count">The samples.</param>
    public (T Loss, T[] Gradient) Evaluate(ReadOnlySpan<T> scores, int count)
    {
        T reciprocal = Reciprocal(count, scores.Length / count);
        (T[] losses, T[] gradient) = EvaluateRows(scores, 0, count, reciprocal);
        T sum = T.Zero;
        foreach (T loss in losses)
            sum += loss;
        return (sum * reciprocal, gradient);
    }

    /// <summary>One over the terms of the mean.</summary>
    /// <param name="count">The samples of the whole batch.</param>
    /// <param name="outputs">The scores of a sample.</param>
    public T Reciprocal(int count, int outputs) => T.One / T.CreateChecked(Terms(count, outputs));

    /// <summary>The loss of each of some rows, and the gradient of the mean with respect to their scores.</summary>
    /// <param name="scores">(count, outputs), the rows from the first on.</param>
    /// <param name="first">The first row's number in the batch.</param>
    /// <param name="count">The rows.</param>
    /// <param name="reciprocal">One over the terms of the mean.</param>
    public (T[] Losses, T[] Gradient) EvaluateRows(ReadOnlySpan<T> scores, int first, int count, T reciprocal)
    {
        int outputs = scores.Length / count;
        var losses = new T[count];
        var gradient = new T[scores.Length];
        for (int b = 0; b < count; b++)
            losses[b] = Row(first + b, scores.Slice(b * outputs, outputs), gradient.AsSpan(b * outputs, outputs), reciprocal);
        return (losses, gradient);
    }
}

/// <summary>
/// log Σ exp(s) − s[target], the maximum taken out first: scores shifted by a constant give the same loss. The positions of a
/// sample, each with a class of its own, are added one after the other.
/// </summary>
/// <param name="labels">(count, positions), class numbers.</param>
/// <param name="positions">The positions of a sample, 1 where its scores are a vector.</param>
/// <param name="classWeights">One factor a class on the losses and gradients of its positions; null for none.</param>
internal sealed class ReferenceSoftmaxCrossEntropy<T>(int[] labels, int positions = 1, T[]? classWeights = null) : ReferenceLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override int Terms(int count, int outputs) => count * positions;

    protected override T Row(int row, ReadOnlySpan<T> scores, Span<T> gradient, T reciprocal)
    {
        int classes = scores.Length / positions;
        T sum = T.Zero;
        for (int p = 0; p < positions; p++)
        {
            T loss = Position(labels[(row * positions) + p], scores.Slice(p * classes, classes), gradient.Slice(p * classes, classes), reciprocal);
            sum = p == 0 ? loss : sum + loss;
        }

        return sum;
    }

    private T Position(int label, ReadOnlySpan<T> scores, Span<T> gradient, T reciprocal)
    {
        T max = scores[0];
        foreach (T score in scores)
            max = score > max ? score : max;

        Span<T> exponentials = gradient;
        for (int i = 0; i < scores.Length; i++)
            exponentials[i] = Functions<T>.Exp(scores[i] - max);

        T sum = RowSum.Of<T>(exponentials);
        for (int i = 0; i < scores.Length; i++)
        {
            T target = i == label ? T.One : T.Zero;
            gradient[i] = ((exponentials[i] / sum) - target) * reciprocal;
        }

        T loss = Functions<T>.Log(sum) + max - scores[label];
        if (classWeights is null)
            return loss;

        for (int i = 0; i < scores.Length; i++)
            gradient[i] *= classWeights[label];
        return loss * classWeights[label];
    }
}

/// <summary>Cross-entropy of sigmoid(z) with a target t in [0, 1], for every score.</summary>
internal sealed class ReferenceBinaryCrossEntropy<T>(T[] targets) : ReferenceLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override int Terms(int count, int outputs) => count * outputs;

    protected override T Row(int row, ReadOnlySpan<T> scores, Span<T> gradient, T reciprocal)
    {
        var losses = new T[scores.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            T z = scores[i], t = targets[(row * scores.Length) + i];
            T positive = z <= T.Zero ? T.Zero : z;
            losses[i] = T.FusedMultiplyAdd(-z, t, positive) + Functions<T>.Log(T.One + Functions<T>.Exp(-T.Abs(z)));
            gradient[i] = (Functions<T>.Sigmoid(z) - t) * reciprocal;
        }

        return RowSum.Of<T>(losses);
    }
}

/// <summary>(z − t)², for every score.</summary>
internal sealed class ReferenceMeanSquaredError<T>(T[] targets) : ReferenceLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override int Terms(int count, int outputs) => count * outputs;

    protected override T Row(int row, ReadOnlySpan<T> scores, Span<T> gradient, T reciprocal)
    {
        var losses = new T[scores.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            T difference = scores[i] - targets[(row * scores.Length) + i];
            losses[i] = difference * difference;
            gradient[i] = difference * T.CreateChecked(2) * reciprocal;
        }

        return RowSum.Of<T>(losses);
    }
}
