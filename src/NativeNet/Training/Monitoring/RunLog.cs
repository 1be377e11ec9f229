using System.Globalization;
using System.Numerics;
using System.Text;
using NativeNet.Storage;

namespace NativeNet.Training.Monitoring;

/// <summary>Writes a run as CSV, one row an epoch, each on disk as soon as it is written.</summary>
/// <remarks>
/// Columns: epoch, step, rate, loss, accuracy, validationLoss, validationAccuracy, for networks that give values error and
/// validationError in place of the accuracies, then weights, gradients, updates and
/// dead of every layer, named for its position in the network's file: <c>layers.1.weights</c>. Numbers read back as
/// they were; a number that is not there is an empty field. Whoever reads while a run goes on finds whole rows, and
/// perhaps the beginning of one, which <see cref="Read"/> leaves out. An older log is replaced as a whole, when the new
/// one has all of its rows that stay; one log is written by one run at a time. Writing a row allocates nothing.
/// </remarks>
public sealed class RunLog : IDisposable
{
    /// <summary>Enough for any number and its comma.</summary>
    private const int FieldLength = 32;

    private readonly FileLock _lock;
    private readonly ReplacingFile _file;
    private readonly MetricKind _metric;
    private readonly byte[] _row;
    private int _length;

    private RunLog(string path, int layerCount, MetricKind metric)
    {
        _metric = metric;
        _lock = FileLock.Take(path);
        try
        {
            _file = new ReplacingFile(path);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }

        _row = new byte[(RunLogColumns.SharedCount + (layerCount * RunLogColumns.PerLayer.Length)) * FieldLength];
    }

    /// <summary>The epochs before the checkpoint that a continued log has no rows of: those that were trained without it.</summary>
    public int MissingEpochs { get; private set; }

    /// <summary>Begins a log; an existing file is replaced.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="layers">The positions of the layers in the network's file.</param>
    /// <param name="metric">What the network is judged by beside its loss.</param>
    /// <exception cref="IOException">The file cannot be written, or another run is writing it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static RunLog Create(string path, ReadOnlySpan<int> layers, MetricKind metric = MetricKind.Accuracy)
        => Begin(path, layers, metric, keptEpochs: 0);

    /// <summary>Continues the log of a run that is resumed; rows behind the checkpoint's epoch are dropped.</summary>
    /// <param name="path">The file; it is begun when it does not exist.</param>
    /// <param name="layers">The positions of the layers in the network's file.</param>
    /// <param name="epochs">The epochs finished at the checkpoint.</param>
    /// <param name="metric">What the network is judged by beside its loss.</param>
    /// <exception cref="Data.DataFormatException">The file is not a run log of these layers; it is as it was.</exception>
    /// <exception cref="IOException">The file cannot be read or written, or another run is writing it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read or written.</exception>
    public static RunLog Continue(string path, ReadOnlySpan<int> layers, int epochs, MetricKind metric = MetricKind.Accuracy)
        => Begin(path, layers, metric, epochs);

    /// <summary>Reads a log, finished or growing.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The rows in the file's order; an unfinished last row is left out.</returns>
    /// <exception cref="Data.DataFormatException">The file is not a run log; the message names line and column.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IReadOnlyList<EpochRecord> Read(string path) => RunLogReader.Read(path);

    /// <summary>Appends a row.</summary>
    /// <param name="record">An epoch of a network with the layers of the log.</param>
    /// <exception cref="ArgumentException">The record has another number of layers or another metric.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Write(EpochRecord record)
    {
        int fields = RunLogColumns.SharedCount + (record.Layers.Length * RunLogColumns.PerLayer.Length);
        if (record.Metric != _metric)
            throw new ArgumentException($"The record has {record.Metric}, the log {_metric}.", nameof(record));
        if (fields * FieldLength != _row.Length)
            throw new ArgumentException($"The record has {record.Layers.Length} layers, the log has others.", nameof(record));

        _length = 0;
        Append(record.Epoch);
        Append(record.Step);
        Append(record.Rate);
        Append(record.Loss);
        Append(RunLogColumns.Measure(record));
        Append(record.ValidationLoss);
        Append(RunLogColumns.ValidationMeasure(record));
        foreach (ref readonly LayerRecord layer in record.Layers)
        {
            Append(layer.Weights);
            Append(layer.Gradients);
            Append(layer.Updates);
            Append(layer.DeadShare);
        }

        _row[_length - 1] = (byte)'\n';
        _file.Write(_row.AsSpan(0, _length));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    private static RunLog Begin(string path, ReadOnlySpan<int> layers, MetricKind metric, int keptEpochs)
    {
        var log = new RunLog(path, layers.Length, metric);
        try
        {
            log._file.Write(Encoding.ASCII.GetBytes(RunLogColumns.Header(layers, metric) + "\n"));
            log.MissingEpochs = keptEpochs;
            if (keptEpochs > 0 && File.Exists(path))
            {
                foreach (EpochRecord row in RunLogReader.Read(path, layers, metric).Where(row => row.Epoch <= keptEpochs))
                {
                    log.Write(row);
                    log.MissingEpochs--;
                }
            }

            log._file.Commit();
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>The shortest text that reads back as the same number, and a comma; nothing for NaN.</summary>
    private void Append<T>(T value)
        where T : struct, INumberBase<T>
    {
        if (!T.IsNaN(value))
        {
            value.TryFormat(_row.AsSpan(_length), out int written, default, CultureInfo.InvariantCulture);
            _length += written;
        }

        _row[_length++] = (byte)',';
    }
}
