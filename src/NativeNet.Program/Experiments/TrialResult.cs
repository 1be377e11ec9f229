using NativeNet.Training.Monitoring;

namespace NativeNet.Program.Experiments;

/// <summary>What came out of a run of an experiment.</summary>
/// <param name="Trial">The run.</param>
/// <param name="Metric">What the network is judged by.</param>
/// <param name="Measures">The accuracy on the training samples in each epoch, from 0 to 1, or the mean absolute error.</param>
/// <param name="Breakdown">The first breakdown, if there was one; the run went on all the same.</param>
internal sealed record TrialResult(Trial Trial, MetricKind Metric, IReadOnlyList<double> Measures, TrainingBreakdown? Breakdown)
{
    /// <summary>The last epoch's accuracy or error.</summary>
    public double Final => Measures[^1];

    /// <summary>The best epoch's accuracy or error.</summary>
    public double Best => Metric == MetricKind.Accuracy ? Measures.Max() : Measures.Min();

    /// <summary>How far an epoch was behind the best before it, at most: how far accuracy fell, or the error rose.</summary>
    public double LargestSetback
    {
        get
        {
            double sign = Metric == MetricKind.Accuracy ? 1 : -1;
            (double best, double setback) = (Metric == MetricKind.Accuracy ? 0 : double.NegativeInfinity, 0);
            foreach (double measure in Measures)
            {
                best = Math.Max(best, sign * measure);
                setback = Math.Max(setback, best - (sign * measure));
            }

            return setback;
        }
    }
}
