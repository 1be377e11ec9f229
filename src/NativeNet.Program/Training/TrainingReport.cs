using System.Diagnostics;
using System.Globalization;
using NativeNet.Training;
using NativeNet.Training.Monitoring;

namespace NativeNet.Program.Training;

/// <summary>Tells how training goes.</summary>
internal sealed class TrainingReport
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
    private readonly MetricKind _metric;
    private readonly bool _hasValidation;
    private readonly bool _isInteractive;
    private readonly Stopwatch _training = new();
    private TimeSpan _lastRefresh;
    private TimeSpan _lastLine;
    private int _lastLineEpoch;
    private int _unfinished;

    /// <summary>A report for one run.</summary>
    /// <param name="output">Gets the lines.</param>
    /// <param name="epochs">The epochs of the run.</param>
    /// <param name="samples">The samples of an epoch.</param>
    /// <param name="metric">What the network is judged by beside its loss.</param>
    /// <param name="hasValidation">Whether samples are held out.</param>
    /// <param name="isInteractive">Whether a line may be rewritten while an epoch goes on.</param>
    public TrainingReport(TextWriter output, int epochs, int samples, MetricKind metric, bool hasValidation, bool isInteractive)
        => (_output, _epochs, _samples, _metric, _hasValidation, _isInteractive) = (output, epochs, samples, metric, hasValidation, isInteractive);

    /// <summary>The seconds between begin and end of epochs.</summary>
    public double TrainingSeconds => _training.Elapsed.TotalSeconds;

    /// <summary>The line that a run ends with.</summary>
    /// <param name="metric">What the network is judged by beside its loss.</param>
    /// <param name="test">How it does.</param>
    public static string Describe(MetricKind metric, Evaluation test)
        => metric == MetricKind.Accuracy
            ? string.Create(CultureInfo.InvariantCulture, $"test accuracy {test.Accuracy:F4} loss {test.Loss:F4}")
            : string.Create(CultureInfo.InvariantCulture, $"test mean absolute error {test.MeanAbsoluteError:G5} R2 {test.RSquared:F4} loss {test.Loss:G5}");

    /// <summary>The line before it where early stopping had a say.</summary>
    /// <param name="kept">The epoch whose parameters are tested.</param>
    /// <param name="last">The last epoch trained.</param>
    public static string DescribeKept(int kept, int last)
        => string.Create(CultureInfo.InvariantCulture, $"kept epoch {kept} of {last}, with the lowest validation loss");

    /// <summary>Takes note of epochs that an earlier process trained.</summary>
    /// <param name="epoch">The epochs finished.</param>
    public void ResumeAt(int epoch) => _lastLineEpoch = epoch;

    /// <summary>Starts the clock.</summary>
    public void BeginEpoch() => _training.Start();

    /// <summary>Stops the clock and prints a line, if this epoch has one.</summary>
    /// <param name="record">How the epoch went.</param>
    /// <param name="isLast">Whether no other epoch follows.</param>
    public void EndEpoch(EpochRecord record, bool isLast)
    {
        _training.Stop();
        int epoch = record.Epoch;
        if (_epochs > MostLines && !isLast && epoch % (_epochs / FewLines) != 0)
            return;

        TimeSpan elapsed = _training.Elapsed;
        double samplesPerSecond = (double)(epoch - _lastLineEpoch) * _samples / (elapsed - _lastLine).TotalSeconds;
        (_lastLine, _lastLineEpoch) = (elapsed, epoch);

        int digits = _epochs.ToString(CultureInfo.InvariantCulture).Length;
        string number = epoch.ToString(CultureInfo.InvariantCulture).PadLeft(digits);
        string validation = !_hasValidation ? "" : $"  validation {Measures(record.ValidationLoss, record.ValidationAccuracy, record.ValidationError)}";
        WriteOver(string.Create(CultureInfo.InvariantCulture,
            $"epoch {number}/{_epochs}  {Measures(record.Loss, record.Accuracy, record.Error)}{validation}  {samplesPerSecond:F0} samples/s"));
        EndLine();
    }

    /// <summary>Ends a line that is still to be rewritten.</summary>
    public void EndLine()
    {
        if (_unfinished > 0)
            _output.WriteLine();
        _unfinished = 0;
    }

    /// <summary>Takes note of a step within an epoch.</summary>
    /// <param name="value">The epoch so far.</param>
    public void EndStep(Evaluation value)
    {
        if (!_isInteractive)
            return;

        TimeSpan elapsed = _training.Elapsed;
        if (elapsed - _lastRefresh < Refresh)
            return;

        _lastRefresh = elapsed;
        WriteOver(string.Create(CultureInfo.InvariantCulture,
            $"{(double)value.Count / _samples:P0} of an epoch  {Measures(value.Loss, value.Accuracy, value.MeanAbsoluteError)}"));
    }

    /// <summary>Loss and accuracy; of networks that give values, whose sizes may be any, loss and error.</summary>
    private string Measures(double loss, double accuracy, double error) => _metric == MetricKind.Accuracy
        ? string.Create(CultureInfo.InvariantCulture, $"loss {loss:F4}  accuracy {accuracy:F4}")
        : string.Create(CultureInfo.InvariantCulture, $"loss {loss:G5}  error {error:G5}");

    private void WriteOver(string line)
    {
        _output.Write(_unfinished > 0 ? $"\r{line.PadRight(_unfinished)}" : line);
        _unfinished = line.Length;
    }
}
