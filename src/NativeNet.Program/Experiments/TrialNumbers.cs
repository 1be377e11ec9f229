using NativeNet.Training.Monitoring;

namespace NativeNet.Program.Experiments;

/// <summary>What came out of a run as numbers that processes tell each other.</summary>
internal static class TrialNumbers
{
    /// <summary>Whether there was a breakdown, then its kind, epoch, step, layer and loss.</summary>
    private const int Breakdown = 6;

    /// <summary>How many numbers a run is.</summary>
    /// <param name="epochs">Its epochs.</param>
    public static int Count(int epochs) => epochs + Breakdown;

    /// <summary>Writes a run.</summary>
    /// <param name="result">What came out.</param>
    /// <param name="numbers">(Count), zeros before.</param>
    public static void Write(TrialResult result, Span<double> numbers)
    {
        for (int epoch = 0; epoch < result.Measures.Count; epoch++)
            numbers[epoch] = result.Measures[epoch];
        if (result.Breakdown is { } found)
            new[] { 1.0, (double)found.Kind, found.Epoch, found.Step, found.Layer, found.Loss }.CopyTo(numbers[result.Trial.Epochs..]);
    }

    /// <summary>Reads a run.</summary>
    /// <param name="trial">The run.</param>
    /// <param name="metric">What its network is judged by.</param>
    /// <param name="numbers">(Count), as <see cref="Write"/> left them.</param>
    public static TrialResult Read(Trial trial, MetricKind metric, ReadOnlySpan<double> numbers)
    {
        ReadOnlySpan<double> found = numbers[trial.Epochs..];
        return new TrialResult(
            trial, metric, numbers[..trial.Epochs].ToArray(),
            found[0] == 0 ? null : new TrainingBreakdown((BreakdownKind)found[1], (int)found[2], (long)found[3], (int)found[4], found[5]));
    }
}
