using NativeNet.Training;

namespace NativeNet.Program.Reports;

/// <summary>What a network makes of one sample, or of one position of a sample that has several to be classified.</summary>
/// <param name="Sample">The sample's place in the test data, from 0.</param>
/// <param name="Position">The position in the sample, from 0.</param>
/// <param name="Label">Its class.</param>
/// <param name="Predicted">The class predicted; −1 where a score is NaN.</param>
/// <param name="Probability">The softmax of that class's score; NaN where there is none.</param>
/// <param name="Loss">The negative logarithm of the probability of the right class; NaN where a score is.</param>
internal readonly record struct SamplePrediction(int Sample, int Position, int Label, int Predicted, double Probability, double Loss)
{
    /// <summary>Reads scores.</summary>
    /// <param name="sample">The sample's place.</param>
    /// <param name="position">The position in it.</param>
    /// <param name="label">Its class.</param>
    /// <param name="scores">One score a class, before the softmax.</param>
    public static SamplePrediction Of(int sample, int position, int label, ReadOnlySpan<float> scores)
    {
        int predicted = Classification.ArgMax(scores);
        if (predicted < 0)
            return new SamplePrediction(sample, position, label, predicted, double.NaN, double.NaN);

        // Only shown, so it need not have the same last bit everywhere.
        double sum = 0;
        foreach (float score in scores)
            sum += Math.Exp((double)score - scores[predicted]);
        return new SamplePrediction(sample, position, label, predicted, 1 / sum, Math.Log(sum) + scores[predicted] - scores[label]);
    }
}
