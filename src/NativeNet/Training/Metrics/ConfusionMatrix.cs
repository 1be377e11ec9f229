namespace NativeNet.Training.Metrics;

/// <summary>How often each class was predicted as each, and what follows from it class by class.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[] _counts;
    private readonly long[] _undecided;

    /// <summary>Creates an empty matrix.</summary>
    /// <param name="classCount">The classes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classCount"/> is below 1.</exception>
    public ConfusionMatrix(int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        ClassCount = classCount;
        _counts = new long[checked(classCount * classCount)];
        _undecided = new long[classCount];
    }

    /// <summary>The classes.</summary>
    public int ClassCount { get; }

    /// <summary>The samples so far.</summary>
    public long Count { get; private set; }

    /// <summary>The samples of class <paramref name="label"/> that were predicted as <paramref name="predicted"/>.</summary>
    /// <param name="label">The class that they have.</param>
    /// <param name="predicted">The class that the network gave them.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is no class.</exception>
    public long this[int label, int predicted] => _counts[(Checked(label) * ClassCount) + Checked(predicted)];

    /// <summary>The share of samples predicted as what they are, from 0 to 1; NaN before the first.</summary>
    public double Accuracy
    {
        get
        {
            long correct = 0;
            for (int i = 0; i < ClassCount; i++)
                correct += this[i, i];
            return (double)correct / Count;
        }
    }

    /// <summary>The samples of a class for which nothing was predicted, because a score was NaN.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no class.</exception>
    public long Undecided(int label) => _undecided[Checked(label)];

    /// <summary>Of the samples predicted as a class, the share that is of it; NaN where there are none.</summary>
    /// <param name="predicted">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no class.</exception>
    public double Precision(int predicted)
    {
        long all = 0;
        for (int label = 0; label < ClassCount; label++)
            all += this[label, predicted];
        return (double)this[predicted, predicted] / all;
    }

    /// <summary>Of the samples of a class, the share predicted as it; NaN where there are none.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no class.</exception>
    public double Recall(int label)
    {
        long all = Undecided(label);
        for (int predicted = 0; predicted < ClassCount; predicted++)
            all += this[label, predicted];
        return (double)this[label, label] / all;
    }

    /// <summary>Takes in a sample.</summary>
    /// <param name="label">Its class.</param>
    /// <param name="predicted">The class predicted, or −1 for none: what <see cref="Classification.ArgMax"/> gives.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is no class.</exception>
    public void Add(int label, int predicted)
    {
        int row = Checked(label) * ClassCount;
        if (predicted == -1)
            _undecided[label]++;
        else
            _counts[row + Checked(predicted)]++;
        Count++;
    }

    private int Checked(int value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)value, (uint)ClassCount, nameof(value));
        return value;
    }
}
