namespace NativeNet.Training;

/// <summary>How well a network does on a data set.</summary>
/// <param name="Loss">The mean loss; NaN where any score is NaN.</param>
/// <param name="Correct">The samples whose greatest score is their label's.</param>
/// <param name="Count">The samples.</param>
public readonly record struct Evaluation(double Loss, int Correct, int Count)
{
    /// <summary>The share of correct samples, from 0 to 1.</summary>
    public double Accuracy => (double)Correct / Count;
}
