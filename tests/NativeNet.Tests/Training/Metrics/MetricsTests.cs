using NativeNet.Tests.Shared;
using NativeNet.Training;
using NativeNet.Training.Metrics;

namespace NativeNet.Tests.Training.Metrics;

public sealed class MetricsTests
{
    private static readonly float[] Scores = [0.1f, 3f, 2f, 2f, -1f];

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 2, 1)]
    [InlineData(2, 3, 0)]
    [InlineData(3, 3, 1)]
    [InlineData(4, 4, 0)]
    [InlineData(5, 4, 1)]
    public void The_label_must_be_among_the_first_places_and_ties_go_to_the_first_class(int places, int label, int correct)
    {
        var metric = new TopAccuracy(places);
        metric.Add(Scores, label);
        Assert.Equal((correct, 1L), ((int)metric.Correct, metric.Count));
    }

    [Fact]
    public void Accuracy_is_the_share_of_greatest_scores()
    {
        var metric = new TopAccuracy();
        Assert.Equal(double.NaN, metric.Value);
        for (int label = 0; label < Scores.Length; label++)
        {
            metric.Add(Scores, label);
            Assert.Equal(Classification.ArgMax(Scores) == label, metric.Correct == 1 && label == 1);
        }

        Assert.Equal(0.2, metric.Value);
    }

    [Fact]
    public void A_row_with_nan_is_never_correct()
    {
        float[][] rows = [[float.NaN, 1f], [1f, float.NaN], [float.NaN, float.NaN]];
        var metric = new TopAccuracy(places: 2);
        var calibration = new CalibrationError();
        foreach (float[] row in rows)
        {
            metric.Add(row, 0);
            metric.Add(row, 1);
            calibration.Add(row, 0);
            calibration.Add(row, 1);
        }

        Assert.Equal((0L, 6L), (metric.Correct, metric.Count));
        Assert.Equal(1, calibration.Value);
    }

    [Fact]
    public void A_confusion_matrix_gives_precision_and_recall_of_each_class()
    {
        var matrix = new ConfusionMatrix(3);
        (int Label, int Predicted)[] samples = [(0, 0), (0, 0), (0, 1), (1, 1), (1, 0), (1, -1), (0, 0)];
        foreach ((int label, int predicted) in samples)
            matrix.Add(label, predicted);

        Assert.Equal((7L, 3L, 1L, 1L, 1L), (matrix.Count, matrix[0, 0], matrix[0, 1], matrix[1, 0], matrix.Undecided(1)));
        Assert.Equal(4.0 / 7, matrix.Accuracy);
        Assert.Equal([3.0 / 4, 1.0 / 2, double.NaN], Enumerable.Range(0, 3).Select(matrix.Precision));
        Assert.Equal([3.0 / 4, 1.0 / 3, double.NaN], Enumerable.Range(0, 3).Select(matrix.Recall));
    }

    [Fact]
    public void Calibration_compares_confidence_with_accuracy_bin_by_bin()
    {
        // Two classes at confidence 0.8, three of four right; at confidence 0.6, both of two.
        var metric = new CalibrationError(bins: 10);
        float[] sure = [MathF.Log(4), 0], unsure = [MathF.Log(1.5f), 0];
        foreach (int label in (int[])[0, 0, 0, 1])
            metric.Add(sure, label);
        metric.Add(unsure, 0);
        metric.Add(unsure, 0);
        Assert.Equal((4.0 / 6 * 0.05) + (2.0 / 6 * 0.4), metric.Value, 1e-6);
    }

    [Fact]
    public void Sure_and_right_is_perfectly_calibrated()
    {
        var metric = new CalibrationError();
        metric.Add([200f, 0f, -200f], 0);
        Assert.Equal(0, metric.Value, 1e-12);
        metric.Add([float.PositiveInfinity, 0f], 0);
        Assert.Equal(0.5, metric.Value, 1e-12);
    }

    [Fact]
    public void Errors_of_values_are_squared_absolute_and_relative_to_the_mean()
    {
        var metric = new RegressionError();
        metric.Add([1f, 2f], [2f, 2f]);
        metric.Add([5f, 4f], [4f, 8f]);
        Assert.Equal(4, metric.Count);
        Assert.Equal((1 + 0 + 1 + 16) / 4.0, metric.MeanSquared, 1e-12);
        Assert.Equal((1 + 0 + 1 + 4) / 4.0, metric.MeanAbsolute, 1e-12);
        Assert.Equal(1 - (18.0 / (4 + 4 + 0 + 16)), metric.RSquared, 1e-12);
    }

    [Fact]
    public void A_nan_among_predicted_values_makes_every_error_nan()
    {
        var metric = new RegressionError();
        metric.Add([1f, float.NaN, 3f], [1f, 2f, 3f]);
        Assert.Equal((double.NaN, double.NaN, double.NaN), (metric.MeanSquared, metric.MeanAbsolute, metric.RSquared));
    }

    [Fact]
    public void What_is_no_class_or_no_pair_is_refused()
    {
        Action[] wrong =
        [
            static () => new TopAccuracy().Add(Scores, 5), static () => new TopAccuracy().Add(Scores, -1),
            static () => _ = new TopAccuracy(0), static () => _ = new ConfusionMatrix(0), static () => _ = new CalibrationError(0),
            static () => new ConfusionMatrix(2).Add(2, 0), static () => new ConfusionMatrix(2).Add(0, -2),
            static () => new CalibrationError().Add(Scores, 5),
        ];
        Assert.All(wrong, static add => Assert.Throws<ArgumentOutOfRangeException>(add));
        Assert.Throws<ArgumentException>(static () => new RegressionError().Add([1f], [1f, 2f]));
    }

    [Fact]
    public void Samples_are_taken_in_without_allocating()
    {
        var top = new TopAccuracy(3);
        var matrix = new ConfusionMatrix(5);
        var calibration = new CalibrationError();
        var regression = new RegressionError();

        Assert.Equal(0, Allocations.Of(() => top.Add(Scores, 1)));
        Assert.Equal(0, Allocations.Of(() => matrix.Add(1, 2)));
        Assert.Equal(0, Allocations.Of(() => calibration.Add(Scores, 1)));
        Assert.Equal(0, Allocations.Of(() => regression.Add(Scores, Scores)));
    }
}
