namespace NativeNet.Training.Metrics;

/// <summary>The share of samples whose label is among the classes with the k greatest scores; k = 1 is accuracy.</summary>
public sealed class TopAccuracy
{
    private readonly int _places;

    /// <summary>Creates the metric.</summary>
    /// <param name="places">k, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="places"/> is below 1.</exception>
    public TopAccuracy(int places = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        _places = places;
    }

    /// <summary>The samples so far.</summary>
    public long Count { get; private set; }

    /// <summary>Those whose label was among the first k.</summary>
    public long Correct { get; private set; }

    /// <summary>The share of correct samples, from 0 to 1; NaN before the first.</summary>
    public double Value => (double)Correct / Count;

    /// <summary>Takes in a sample.</summary>
    /// <param name="scores">One score a class. Of equal ones the first is ahead, as in <see cref="Classification.ArgMax"/>; with a NaN among them the sample is not correct.</param>
    /// <param name="label">The sample's class.</param>
    /// <exception cref="ArgumentOutOfRangeException">The label is no class.</exception>
    public void Add(ReadOnlySpan<float> scores, int label)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)scores.Length, nameof(label));
        Count++;

        int ahead = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
                return;
            if (scores[i] > scores[label] || (scores[i] == scores[label] && i < label))
                ahead++;
        }

        if (ahead < _places)
            Correct++;
    }
}
