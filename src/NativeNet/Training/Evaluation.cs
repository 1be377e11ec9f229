namespace NativeNet.Training;

/// <summary>How well a network does on a data set.</summary>
/// <remarks>
/// Networks that tell apart, by softmaxCrossEntropy or binaryCrossEntropy, have an accuracy; those that give values, by
/// meanSquaredError, have an error. What a network does not have is NaN.
/// </remarks>
/// <param name="Loss">The mean loss; NaN where any score is NaN.</param>
/// <param name="Correct">
/// The samples that are predicted correctly: whose greatest score is their label's. A sample of which several things are
/// told counts with the share of those that are right; a score of binaryCrossEntropy is right on its target's side of ½.
/// </param>
/// <param name="Count">The samples.</param>
public readonly record struct Evaluation(double Loss, double Correct, int Count)
{
    /// <summary>The share of what is predicted correctly, from 0 to 1; NaN where values are predicted.</summary>
    public double Accuracy => Correct / Count;

    /// <summary>The mean of |score − target|; NaN where classes are predicted.</summary>
    public double MeanAbsoluteError { get; init; } = double.NaN;

    /// <summary>
    /// R²: 1 minus the squared error relative to that of always guessing each output's mean over the data, squares summed
    /// over all outputs. At most 1; NaN or −∞ where every target is its mean, and NaN in training and for classes.
    /// </summary>
    public double RSquared { get; init; } = double.NaN;
}
