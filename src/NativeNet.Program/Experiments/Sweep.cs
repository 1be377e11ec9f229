using System.Globalization;
using NativeNet.Program.Networks;
using NativeNet.Program.Plots;
using NativeNet.Data;

namespace NativeNet.Program.Experiments;

/// <summary>One network trained at several learning rates: a log for each run, a table, and a figure of all curves.</summary>
/// <param name="network">The network.</param>
/// <param name="train">The samples to train on.</param>
/// <param name="source">Where they are from; null for the built-in ones.</param>
/// <param name="rates">The learning rates.</param>
/// <param name="seeds">The seeds of each rate, from 1 on.</param>
/// <param name="epochs">The epochs of each run.</param>
/// <param name="folder">Gets the files; created when it is missing.</param>
/// <param name="processes">The processes that share the runs, of which the first writes what is about all of them; null for this one alone.</param>
internal sealed class Sweep(
    NamedNetwork network, DataSet train, string? source, IReadOnlyList<float> rates, int seeds, int epochs, string folder, ProcessTeam? processes)
{
    private readonly Lock _lock = new();

    /// <summary>Runs everything, as many runs at a time as there are cores.</summary>
    /// <param name="output">Gets a line for each run that ends, then the table.</param>
    /// <param name="cancellationToken">Ends the runs after the steps at hand.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Run(TextWriter output, CancellationToken cancellationToken)
    {
        string figure = Path.Combine(folder, "figure-1.svg");
        Trial[] trials = [.. rates.SelectMany(rate => Enumerable.Range(1, seeds).Select(seed => TrialOf(rate, seed)))];
        OutputFile.CreateFolder(folder);
        if (IsFirst)
            OutputFile.Check([.. trials.Select(static trial => ("a log", (string?)trial.LogPath)), ("the figure", figure)], ("--data", source));

        TrialResult[] results = RunAll(trials, output, cancellationToken);
        if (!IsFirst)
            return;

        WriteTable(output, results);
        string measure = network.Metric == MetricKind.Accuracy ? "accuracy" : "mean absolute error";
        new LineChart($"{network.Name}: {measure} on the training data", "epoch", measure, [.. results.Select(CurveOf)]).Save(figure);
        output.WriteLine($"{trials.Length} run logs and {figure} written");
    }

    private bool IsFirst => processes is null or { IsFirst: true };

    private TrialResult[] RunAll(Trial[] trials, TextWriter output, CancellationToken cancellationToken)
    {
        int every = processes?.Count ?? 1, first = processes?.Rank ?? 0, length = TrialNumbers.Count(epochs), done = 0;
        double[] numbers = new double[trials.Length * length];
        int[] own = [.. Enumerable.Range(0, trials.Length).Where(i => i % every == first)];
        Abreast.Run(own.Length, i => RunOne(own[i]));
        processes?.Add(numbers);
        return [.. trials.Select((trial, i) => TrialNumbers.Read(trial, network.Metric, numbers.AsSpan(i * length, length)))];

        void RunOne(int i)
        {
            TrialResult result = network.Try(trials[i], train, null, cancellationToken);
            TrialNumbers.Write(result, numbers.AsSpan(i * length, length));
            lock (_lock)
            {
                done++;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{done} of {own.Length} runs done: rate {trials[i].LearningRate}, seed {trials[i].Seed}"));
            }
        }
    }

    private static Curve CurveOf(TrialResult result)
        => new(Rate(result.Trial), [.. result.Measures.Select(static (measure, i) => (i + 1.0, measure))]);

    private static string Rate(Trial trial) => string.Create(CultureInfo.InvariantCulture, $"rate {trial.LearningRate}");

    private void WriteTable(TextWriter output, TrialResult[] results)
    {
        bool isAccuracy = network.Metric == MetricKind.Accuracy;
        output.WriteLine();
        output.WriteLine(isAccuracy ? "      rate  seed  accuracy    best  largest dip  breakdown" : "      rate  seed        error         best  largest rise  breakdown");
        foreach (TrialResult result in results)
        {
            string breakdown = result.Breakdown is { } found
                ? string.Create(CultureInfo.InvariantCulture, $"{found.Kind} in epoch {found.Epoch}")
                : "none";
            output.WriteLine(isAccuracy
                ? string.Create(CultureInfo.InvariantCulture, $"{result.Trial.LearningRate,10}  {result.Trial.Seed,4}  {result.Final,8:F4}  {result.Best:F4}  {100 * result.LargestSetback,4:F1} points  {breakdown}")
                : string.Create(CultureInfo.InvariantCulture, $"{result.Trial.LearningRate,10}  {result.Trial.Seed,4}  {result.Final,11:G5}  {result.Best,11:G5}  {result.LargestSetback,12:G5}  {breakdown}"));
        }

        output.WriteLine();
    }

    private Trial TrialOf(float rate, int seed)
        => new(rate, (ulong)seed, epochs, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"rate-{rate}-seed-{seed}.csv")));
}
