using NativeNet.Data;
using NativeNet.Training;
using NativeNet.Training.Metrics;

namespace NativeNet.Program.Reports;

/// <summary>How well a network that learns values does on test data, output by output.</summary>
internal sealed class ValueReport
{
    /// <summary>As many fit a page.</summary>
    private const int WorstCount = 24;

    /// <summary>Works everything out.</summary>
    /// <param name="metric">What the network is judged by.</param>
    /// <param name="evaluation">Loss, and accuracy or error.</param>
    /// <param name="data">The test data.</param>
    /// <param name="scores">(data.Count, outputs), row-major.</param>
    public ValueReport(MetricKind metric, Evaluation evaluation, DataSet data, ReadOnlySpan<float> scores)
    {
        (Metric, Evaluation) = (metric, evaluation);
        int outputs = data.TargetLength;
        Errors = [.. Enumerable.Range(0, outputs).Select(static _ => new RegressionError())];
        Correct = new int[outputs];

        float[] targets = new float[outputs];
        var samples = new (int Position, double Error)[data.Count];
        for (int i = 0; i < data.Count; i++)
        {
            data.CopyTargets([i], targets);
            double sum = 0;
            for (int output = 0; output < outputs; output++)
            {
                float score = scores[(i * outputs) + output], target = targets[output];
                float given = metric == MetricKind.Accuracy ? (float)(1 / (1 + Math.Exp(-(double)score))) : score;
                Errors[output].Add([given], [target]);
                Correct[output] += (target > 0.5f ? score > 0f : score <= 0f) ? 1 : 0;
                sum += Math.Abs((double)given - target);
            }

            samples[i] = (i, sum / outputs);
        }

        Worst = [.. samples.OrderByDescending(static sample => double.IsNaN(sample.Error) ? double.PositiveInfinity : sample.Error).Take(WorstCount)];
    }

    /// <summary>What the network is judged by.</summary>
    public MetricKind Metric { get; }

    /// <summary>Loss, and accuracy or error.</summary>
    public Evaluation Evaluation { get; }

    /// <summary>The errors of each output; of outputs that are a yes or no those of its probability.</summary>
    public IReadOnlyList<RegressionError> Errors { get; }

    /// <summary>The samples for which each output is on its target's side of ½.</summary>
    public int[] Correct { get; }

    /// <summary>The samples of the greatest mean absolute error over their outputs, the greatest first.</summary>
    public IReadOnlyList<(int Position, double Error)> Worst { get; }
}
