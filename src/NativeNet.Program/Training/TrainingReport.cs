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
    /// <param name="isInteractive">Whether a line may be rewritten while an epoch goes on.</param>
    public TrainingReport(TextWriter output, int epochs, int samples, bool isInteractive)
        => (_output, _epochs, _samples, _isInteractive) = (output, epochs, samples, isInteractive);

    /// <summary>The seconds between begin and end of epochs.</summary>
    public double TrainingSeconds => _training.Elapsed.TotalSeconds;

    /// <summary>The line that a run ends with.</summary>
    public static string Describe(Evaluation test)
        => string.Create(CultureInfo.InvariantCulture, $"test accuracy {test.Accuracy:F4} loss {test.Loss:F4}");

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
        string validation = double.IsNaN(record.ValidationAccuracy) ? "" : string.Create(CultureInfo.InvariantCulture,
            $"  validation loss {record.ValidationLoss:F4}  accuracy {record.ValidationAccuracy:F4}");
        WriteOver(string.Create(CultureInfo.InvariantCulture,
            $"epoch {number}/{_epochs}  loss {record.Loss:F4}  accuracy {record.Accuracy:F4}{validation}  {samplesPerSecond:F0} samples/s"));
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
            $"{(double)value.Count / _samples:P0} of an epoch  loss {value.Loss:F4}  accuracy {value.Accuracy:F4}"));
    }

    private void WriteOver(string line)
    {
        _output.Write(_unfinished > 0 ? $"\r{line.PadRight(_unfinished)}" : line);
        _unfinished = line.Length;
    }
}
