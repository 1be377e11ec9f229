namespace NativeNet.Training.Metrics;

/// <summary>How far predicted values are from their targets.</summary>
/// <remarks>
/// Mean and spread of the targets are updated value by value: Welford, "Note on a method for calculating corrected sums
/// of squares and products", Technometrics 1962. A NaN or an infinity makes the results NaN or infinite, so that a
/// network that has broken down never looks good.
/// </remarks>
public sealed class RegressionError
{
    private double _squares, _magnitudes, _targetMean, _targetSquares;

    /// <summary>The values so far.</summary>
    public long Count { get; private set; }

    /// <summary>The mean squared error; NaN before the first value.</summary>
    public double MeanSquared => _squares / Count;

    /// <summary>The mean absolute error; NaN before the first value.</summary>
    public double MeanAbsolute => _magnitudes / Count;

    /// <summary>
    /// R²: 1 minus the squared error relative to that of always predicting the targets' mean. At most 1; NaN or −∞ where
    /// all targets are equal.
    /// </summary>
    public double RSquared => 1 - (_squares / _targetSquares);

    /// <summary>Takes in values.</summary>
    /// <param name="predictions">Any number of values, of one output: R² compares values of one kind.</param>
    /// <param name="targets">As many.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Add(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets)
    {
        if (predictions.Length != targets.Length)
            throw new ArgumentException($"There are {targets.Length} targets for {predictions.Length} predictions.", nameof(targets));

        for (int i = 0; i < targets.Length; i++)
        {
            double error = (double)predictions[i] - targets[i];
            _squares += error * error;
            _magnitudes += Math.Abs(error);

            Count++;
            double fromOldMean = targets[i] - _targetMean;
            _targetMean += fromOldMean / Count;
            _targetSquares += fromOldMean * (targets[i] - _targetMean);
        }
    }
}
