using NativeNet.Training.Monitoring;

namespace NativeNet.Program.Experiments;

/// <summary>What came out of a run of an experiment.</summary>
/// <param name="Trial">The run.</param>
/// <param name="Accuracies">The share of training samples predicted correctly in each epoch, from 0 to 1.</param>
/// <param name="Breakdown">The first breakdown, if there was one; the run went on all the same.</param>
internal sealed record TrialResult(Trial Trial, IReadOnlyList<double> Accuracies, TrainingBreakdown? Breakdown)
{
    /// <summary>The last epoch's accuracy.</summary>
    public double Final => Accuracies[^1];

    /// <summary>The best epoch's accuracy.</summary>
    public double Best => Accuracies.Max();

    /// <summary>The largest fall of the accuracy below the best before it, from 0 to 1.</summary>
    public double LargestDip
    {
        get
        {
            (double best, double dip) = (0, 0);
            foreach (double accuracy in Accuracies)
            {
                best = Math.Max(best, accuracy);
                dip = Math.Max(dip, best - accuracy);
            }

            return dip;
        }
    }
}
