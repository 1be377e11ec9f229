using NativeNet.Numerics;

namespace NativeNet.Training.Metrics;

/// <summary>How far a classifier's confidence is from its accuracy: the expected calibration error.</summary>
/// <remarks>
/// The confidence of a prediction is the softmax of its score. Predictions are sorted into bins of equal width by
/// confidence; the error is Σ over the bins of (samples in the bin / samples) · |accuracy − mean confidence|. Naeini,
/// Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015; Guo et al., "On
/// calibration of modern neural networks", ICML 2017.
/// </remarks>
public sealed class CalibrationError
{
    private readonly long[] _correct;
    private readonly double[] _confidence;

    /// <summary>Creates the metric.</summary>
    /// <param name="bins">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is below 1.</exception>
    public CalibrationError(int bins = 15)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        _correct = new long[bins];
        _confidence = new double[bins];
    }

    /// <summary>The samples so far.</summary>
    public long Count { get; private set; }

    /// <summary>The error, from 0 to 1; NaN before the first sample.</summary>
    public double Value
    {
        get
        {
            double sum = 0;
            for (int bin = 0; bin < _correct.Length; bin++)
                sum += Math.Abs(_correct[bin] - _confidence[bin]);
            return sum / Count;
        }
    }

    /// <summary>Takes in a sample.</summary>
    /// <param name="scores">One score a class, before the softmax. With a NaN among them, or when infinity is the greatest, the sample counts as a mistake of full confidence.</param>
    /// <param name="label">The sample's class.</param>
    /// <exception cref="ArgumentOutOfRangeException">The label is no class.</exception>
    public void Add(ReadOnlySpan<float> scores, int label)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)scores.Length, nameof(label));

        int predicted = Classification.ArgMax(scores);
        bool decided = predicted >= 0 && float.IsFinite(scores[predicted]);
        double confidence = decided ? Confidence(scores, scores[predicted]) : 1;

        // A bin holds its upper end; a confidence is never 0.
        int bin = Math.Min((int)Math.Ceiling(confidence * _correct.Length), _correct.Length) - 1;
        _confidence[bin] += confidence;
        if (decided && predicted == label)
            _correct[bin]++;
        Count++;
    }

    /// <summary>The softmax of the greatest score: 1 / Σ exp(s − max).</summary>
    private static double Confidence(ReadOnlySpan<float> scores, float max)
    {
        double sum = 0;
        foreach (float score in scores)
            sum += Elementary.Exp(score - max);
        return 1 / sum;
    }
}
