using System.Diagnostics;
using System.Globalization;
using NativeNet.Training;

namespace NativeNet.Cli.Training;

/// <summary>Tells how training goes, and ends it when the user asks for that.</summary>
internal sealed class TrainingReport : IProgress<Evaluation>
{
    /// <summary>Up to this many epochs, each has its line.</summary>
    private const int MostLines = 100;

    /// <summary>Beyond, about so many lines are printed.</summary>
    private const int FewLines = 20;

    /// <summary>How long a line on a terminal stands before it is rewritten.</summary>
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(0.2);

    private readonly TextWriter _output;
    private readonly int _epochs;
    private readonly int _samples;
    private readonly bool _isInteractive;
    private readonly CancellationToken _cancellationToken;
    private readonly Stopwatch _training = new();
    private TimeSpan _lastRefresh;
    private TimeSpan _lastLine;
    private int _lastLineEpoch;
    private int _unfinished;

    /// <summary>A report for one run.</summary>
    /// <param name="output">Gets the lines.</param>
    /// <param name="epochs">The epochs of the run.</param>
    /// <param name="samples">The samples of an epoch.</param>
    /// <param name="isInteractive">Whether a line may be rewritten while an epoch goes on.</param>
    /// <param name="cancellationToken">Ends training after the step at hand.</param>
    public TrainingReport(TextWriter output, int epochs, int samples, bool isInteractive, CancellationToken cancellationToken)
        => (_output, _epochs, _samples, _isInteractive, _cancellationToken) = (output, epochs, samples, isInteractive, cancellationToken);

    /// <summary>The seconds between begin and end of epochs.</summary>
    public double TrainingSeconds => _training.Elapsed.TotalSeconds;

    /// <summary>The line that a run ends with.</summary>
    public static string Describe(Evaluation test)
        => string.Create(CultureInfo.InvariantCulture, $"test accuracy {test.Accuracy:F4} loss {test.Loss:F4}");

    /// <summary>Starts the clock.</summary>
    public void BeginEpoch() => _training.Start();

    /// <summary>Stops the clock and prints a line, if this epoch has one.</summary>
    public void EndEpoch(int epoch, Evaluation result)
    {
        _training.Stop();
        if (_epochs > MostLines && epoch < _epochs && epoch % (_epochs / FewLines) != 0 && double.IsFinite(result.Loss))
            return;

        TimeSpan elapsed = _training.Elapsed;
        double samplesPerSecond = (double)(epoch - _lastLineEpoch) * _samples / (elapsed - _lastLine).TotalSeconds;
        (_lastLine, _lastLineEpoch) = (elapsed, epoch);

        int digits = _epochs.ToString(CultureInfo.InvariantCulture).Length;
        string number = epoch.ToString(CultureInfo.InvariantCulture).PadLeft(digits);
        WriteOver(string.Create(CultureInfo.InvariantCulture,
            $"epoch {number}/{_epochs}  loss {result.Loss:F4}  accuracy {result.Accuracy:F4}  {samplesPerSecond:F0} samples/s"));
        EndLine();
    }

    /// <summary>Ends a line that is still to be rewritten.</summary>
    public void EndLine()
    {
        if (_unfinished > 0)
            _output.WriteLine();
        _unfinished = 0;
    }

    /// <summary>Takes note of a step.</summary>
    /// <param name="value">The epoch so far.</param>
    /// <exception cref="OperationCanceledException">The run is to end here.</exception>
    public void Report(Evaluation value)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (!_isInteractive)
            return;

        TimeSpan elapsed = _training.Elapsed;
        if (elapsed - _lastRefresh < Refresh)
            return;

        _lastRefresh = elapsed;
        WriteOver(string.Create(CultureInfo.InvariantCulture,
            $"{(double)value.Count / _samples:P0} of an epoch  loss {value.Loss:F4}  accuracy {value.Accuracy:F4}"));
    }

    private void WriteOver(string line)
    {
        _output.Write(_unfinished > 0 ? $"\r{line.PadRight(_unfinished)}" : line);
        _unfinished = line.Length;
    }
}
