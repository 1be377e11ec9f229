using NativeNet.Program.Networks;
using NativeNet.Training;
using NativeNet.Training.Metrics;

namespace NativeNet.Program.Reports;

/// <summary>How well a classifier does on test data, in numbers.</summary>
internal sealed class ClassifierReport
{
    /// <summary>As many fit a page.</summary>
    private const int WorstCount = 24;

    /// <summary>Works everything out.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="evaluation">Loss and accuracy.</param>
    /// <param name="labels">(count, positions) classes.</param>
    /// <param name="scores">(count, positions, classes), row-major, before the softmax.</param>
    /// <param name="places">How many of the greatest scores count for <see cref="Top"/>, at least 1.</param>
    /// <param name="positions">The positions of a sample that have a class each; each counts as a sample does.</param>
    public ClassifierReport(string network, Evaluation evaluation, ReadOnlySpan<int> labels, ReadOnlySpan<float> scores, int places, int positions = 1)
    {
        (Network, Evaluation, Places, Positions) = (network, evaluation, places, positions);
        (Top, Confusion) = (new TopAccuracy(places), new ConfusionMatrix(scores.Length / labels.Length));

        var samples = new SamplePrediction[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> row = scores.Slice(i * Confusion.ClassCount, Confusion.ClassCount);
            samples[i] = SamplePrediction.Of(i / positions, i % positions, labels[i], row);
            Top.Add(row, labels[i]);
            Calibration.Add(row, labels[i]);
            Confusion.Add(labels[i], samples[i].Predicted);
        }

        Worst = [.. samples.OrderByDescending(static sample => double.IsNaN(sample.Loss) ? double.PositiveInfinity : sample.Loss).Take(WorstCount)];
    }

    /// <summary>The network's name.</summary>
    public string Network { get; }

    /// <summary>What the classes are called; empty where they are numbers.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Loss and accuracy.</summary>
    public Evaluation Evaluation { get; }

    /// <summary>How many of the greatest scores count for <see cref="Top"/>.</summary>
    public int Places { get; }

    /// <summary>The positions of a sample.</summary>
    public int Positions { get; }

    /// <summary>What is counted.</summary>
    public string Counted => Positions == 1 ? "samples" : "positions";

    /// <summary>The share of samples whose class is among the greatest scores.</summary>
    public TopAccuracy Top { get; }

    /// <summary>How far confidence is from accuracy.</summary>
    public CalibrationError Calibration { get; } = new();

    /// <summary>How often each class was predicted as each.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>The samples of the highest loss, the highest first.</summary>
    public IReadOnlyList<SamplePrediction> Worst { get; }

    /// <summary>Whether a sample had no prediction, because a score was NaN.</summary>
    public bool HasUndecided => Enumerable.Range(0, Confusion.ClassCount).Any(label => Confusion.Undecided(label) > 0);

    /// <summary>What a class is called.</summary>
    /// <param name="label">The class.</param>
    public string NameOf(int label) => ClassName.Of(Classes, label);

    /// <summary>The samples of a class.</summary>
    /// <param name="label">The class.</param>
    public long SamplesOf(int label)
        => Confusion.Undecided(label) + Enumerable.Range(0, Confusion.ClassCount).Sum(predicted => Confusion[label, predicted]);
}
