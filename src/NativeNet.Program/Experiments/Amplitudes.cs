using System.Globalization;
using NativeNet.Program.Networks;
using NativeNet.Program.Plots;
using NativeNet.Data;
using NativeNet.Training.Monitoring;

namespace NativeNet.Program.Experiments;

/// <summary>How the mean |w| of each layer moves away from its start: a run log, a figure, and the layer that moves most.</summary>
/// <param name="network">The network.</param>
/// <param name="train">The samples to train on.</param>
/// <param name="source">Where they are from; null for the built-in ones.</param>
/// <param name="rate">The learning rate.</param>
/// <param name="epochs">The epochs.</param>
/// <param name="seed">Decides first weights and order of samples.</param>
/// <param name="folder">Gets the files; created when it is missing.</param>
internal sealed class Amplitudes(NamedNetwork network, DataSet train, string? source, float rate, int epochs, ulong seed, string folder)
    : IProgress<EpochRecord>
{
    private readonly List<LayerRecord[]> _epochs = [];

    /// <summary>Trains and writes <c>amplitudes.csv</c>, a run log, and <c>amplitudes.svg</c>.</summary>
    /// <param name="output">Gets what comes out.</param>
    /// <param name="cancellationToken">Ends training after the step at hand.</param>
    /// <returns>The breakdown, if there was one; the files are written all the same.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TrainingBreakdown? Run(TextWriter output, CancellationToken cancellationToken)
    {
        string log = Path.Combine(folder, "amplitudes.csv"), figure = Path.Combine(folder, "amplitudes.svg");
        OutputFile.CreateFolder(folder);
        OutputFile.Check([("the log", log), ("the figure", figure)], ("--data", source));
        TrialResult result = network.Try(new Trial(rate, seed, epochs, log), train, this, cancellationToken);

        LayerRecord[] last = _epochs[^1];
        string reached = network.Metric == MetricKind.Accuracy
            ? string.Create(CultureInfo.InvariantCulture, $"to an accuracy of {result.Final:F4}")
            : string.Create(CultureInfo.InvariantCulture, $"to a mean absolute error of {result.Final:G5}");
        foreach (LayerRecord layer in last)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"layer {layer.Index}: mean |w| is {layer.Weights:F3} times that at the start"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"layer {last.MaxBy(static layer => Change(layer)).Index} changed most in {epochs} epochs, {reached} on the training data"));

        string title = string.Create(CultureInfo.InvariantCulture, $"{network.Name}: mean |w| at rate {rate}, relative to the start");
        new LineChart(title, "epoch", "mean |w| / mean |w| at the start", [.. last.Select((layer, i) => CurveOf(layer.Index, i))]).Save(figure);
        output.WriteLine($"{log} and {figure} written");
        return result.Breakdown;
    }

    /// <inheritdoc/>
    public void Report(EpochRecord value) => _epochs.Add(value.Layers.ToArray());

    /// <summary>The distance from the start; weights that are not numbers have gone farthest.</summary>
    private static double Change(LayerRecord layer)
        => double.IsFinite(layer.Weights) ? Math.Abs(layer.Weights - 1) : double.PositiveInfinity;

    private Curve CurveOf(int layer, int index)
        => new(
            string.Create(CultureInfo.InvariantCulture, $"layer {layer}"),
            [(0.0, 1.0), .. _epochs.Select((layers, i) => (i + 1.0, layers[index].Weights))]);
}
