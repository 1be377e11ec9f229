using System.Globalization;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Interchange;
using NativeNet.Program.Networks;
using NativeNet.Data;
using NativeNet.Storage;
using NativeNet.Training;
using NativeNet.Training.Monitoring;

namespace NativeNet.Program.Training;

/// <summary>Trains a network, tells how it goes, and saves what was asked for.</summary>
/// <param name="network">The network.</param>
/// <param name="options">What to do.</param>
/// <param name="data">Samples of the network's shape.</param>
/// <param name="processes">The processes that do the same run, of which the first saves; null for this one alone.</param>
/// <param name="cancellationToken">Ends training after the step at hand.</param>
internal sealed class TrainingJob(
    NamedNetwork network, TrainingOptions options, TrainTest data, ProcessTeam? processes, CancellationToken cancellationToken) : IDisposable
{
    private readonly NetworkSession _session = network.CreateSession(options.Seed, options.Threads, processes);
    private readonly TrainingReport _report = new(
        Terminal.Output, options.Epochs, data.Train.Count, network.Metric, options.Run.Validation is not null, Terminal.IsInteractive);

    private int _savedEpoch = -1;
    private RunLog? _log;

    /// <summary>Whether something that was asked for is not in its place.</summary>
    private bool _isIncomplete;

    /// <summary>Whether this process writes files.</summary>
    private bool Saves => processes is null or { IsFirst: true };

    /// <summary>Does everything.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        _session.ClassWeights = options.ClassWeights;
        using FileLock? held = Saves && options.Files.Checkpoint is { } checkpoint ? FileLock.Take(checkpoint) : null;
        processes?.RequireSame("different data", [.. data.Train.ComputeFingerprint()]);
        if (options.Files.First is { } first)
            GivenWeights.Load(first, network.Network.Tensors, _session.Parameters, options.Layout);
        processes?.RequireSame("different weights", [.. ParameterHash.Sha256(network.Network.Tensors, _session.Parameters)]);
        NetworkRun run = network.CreateRun(_session, data.Train, options.Rule, options.Run);
        Resume(run);

        int firstEpoch = _session.EpochCount, firstPosition = _session.Progress.Position;
        _log = OpenLog(run);
        try
        {
            while (run.Breakdown is null && !IsOver(run))
            {
                if (!TrainEpoch(run))
                    return ReportInterruption(run);

                WriteLog(run.Record);
                if (IsWorthSaving(run))
                    SaveCheckpoint(run);
            }
        }
        catch (Exception exception) when (Failure.IsExpected(exception))
        {
            // Other processes are in the middle of a step, and cannot tell what they have of it.
            if (processes is null && KeepReached(run) is { } kept)
                Terminal.WriteError(kept);
            throw;
        }

        long samples = ((long)(_session.EpochCount - firstEpoch) * data.Train.Count) - firstPosition;
        return Finish(run, samples);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _log?.Dispose();
        _session.Dispose();
    }

    private bool IsOver(NetworkRun run)
        => run.IsStopped || _session.EpochCount >= options.Epochs;

    private void Resume(NetworkRun run)
    {
        if (options.Files.Resume is not { } path)
            return;

        run.Load(path);
        processes?.RequireSame("different checkpoints", [.. ParameterHash.Sha256(network.Network.Tensors, _session.Parameters)]);
        if (_session.EpochCount > options.Epochs)
            throw new UsageException($"{path} has {_session.EpochCount} epochs behind it; continue with as many --epochs or more, not {options.Epochs}");

        _savedEpoch = path == options.Files.Checkpoint ? _session.EpochCount : -1;
        _report.ResumeAt(_session.EpochCount);
    }

    private RunLog? OpenLog(NetworkRun run)
    {
        if (!Saves || options.Files.Log is not { } path)
            return null;

        int[] layers = [.. run.Layers];
        if (options.Files.Resume is null)
            return RunLog.Create(path, layers, network.Metric);

        try
        {
            RunLog log = RunLog.Continue(path, layers, _session.EpochCount, network.Metric);
            if (log.MissingEpochs > 0)
                Terminal.WriteError(string.Create(CultureInfo.InvariantCulture, $"warning: {path} has no rows of {log.MissingEpochs} of the {_session.EpochCount} epochs before, which were trained without it"));
            return log;
        }
        catch (DataFormatException exception)
        {
            string aside = string.Create(CultureInfo.InvariantCulture, $"{path}.{DateTime.UtcNow:yyyyMMddHHmmss}");
            File.Move(path, aside);
            Terminal.WriteError($"warning: {exception.Message}; it is now {aside}, and the log begins anew behind epoch {_session.EpochCount}");
            return RunLog.Create(path, layers, network.Metric);
        }
    }

    /// <summary>A log that cannot be written any more does not end the training.</summary>
    private void WriteLog(EpochRecord record)
    {
        try
        {
            _log?.Write(record);
        }
        catch (IOException exception)
        {
            Terminal.WriteError($"{exception.Message}; the log ends before epoch {record.Epoch}, training goes on");
            _log?.Dispose();
            _log = null;
            _isIncomplete = true;
        }
    }

    /// <summary>Trains to the end of the epoch, even where a step breaks down: the log is to show how.</summary>
    /// <returns>Whether the user let it end.</returns>
    private bool TrainEpoch(NetworkRun run)
    {
        _report.BeginEpoch();
        while (!run.TrainStep())
        {
            if (IsStopAsked())
                return false;
            _report.EndStep(_session.Progress.Evaluation);
        }

        _report.EndEpoch(run.Record, isLast: run.Breakdown is not null || IsOver(run));
        return !IsStopAsked() || IsOver(run);
    }

    /// <summary>Whether this process or another was asked to stop, so that all stop behind the same step.</summary>
    private bool IsStopAsked()
    {
        bool isAsked = cancellationToken.IsCancellationRequested;
        return processes?.Any(isAsked) ?? isAsked;
    }

    /// <summary>A collapse is called a breakdown only after a while; until then it must not replace what was good.</summary>
    private bool IsWorthSaving(NetworkRun run)
        => run.Breakdown is null
            && (IsOver(run) || (_session.EpochCount % options.Files.Every == 0 && !run.IsCollapsing));

    private void SaveCheckpoint(NetworkRun run)
    {
        if (options.Files.Checkpoint is not { } path)
            return;

        try
        {
            if (IsOver(run))
                _isIncomplete |= !OutputFile.Save(path, run.Save);
            else
                run.Save(path);
            _savedEpoch = _session.EpochCount;
        }
        catch (Exception exception) when (!IsOver(run) && exception is IOException or UnauthorizedAccessException)
        {
            string kept = _savedEpoch < 0 ? "nothing yet" : string.Create(CultureInfo.InvariantCulture, $"the end of epoch {_savedEpoch}");
            Terminal.WriteError($"warning: {exception.Message}; the checkpoint holds {kept}, training goes on");
        }
    }

    private int Finish(NetworkRun run, long samples)
    {
        int lastEpoch = _session.EpochCount, keptEpoch = lastEpoch;
        if (run.Breakdown is null)
        {
            run.KeptParameters.CopyTo(_session.Parameters);
            keptEpoch = run.KeptEpoch;
        }

        Evaluation test = _session.EvaluateTogether(data.Test);
        if (run.Breakdown is null && options.Files.Weights is { } weights)
            SaveWeights(weights, keptEpoch);
        if (options.Files.Json is { } json)
        {
            var result = new TrainingResult(
                network.Name, network.Metric, lastEpoch, keptEpoch, _session.EvaluateTogether(data.Train),
                options.Run.Validation is { } validation ? _session.EvaluateTogether(validation) : null, test,
                _report.TrainingSeconds, samples, ParameterHash.Sha256(network.Network.Tensors, _session.Parameters));
            if (Saves)
                _isIncomplete |= !OutputFile.Save(json, path => AtomicFile.Write(path, result.ToJson()));
        }

        if (run.Breakdown is { } found)
        {
            string kept = _savedEpoch < 0 ? "" : string.Create(CultureInfo.InvariantCulture,
                $"; {options.Files.Checkpoint} holds the end of epoch {_savedEpoch}");
            Terminal.WriteError(found + kept);
            return ExitCode.Diverged;
        }

        if (options.Run.Stopping is not null)
            Terminal.Output.WriteLine(TrainingReport.DescribeKept(keptEpoch, lastEpoch));
        Terminal.Output.WriteLine(TrainingReport.Describe(network.Metric, test));
        return _isIncomplete ? ExitCode.Failure : ExitCode.Success;
    }

    private int ReportInterruption(NetworkRun run)
    {
        string place = string.Create(CultureInfo.InvariantCulture,
            $"stopped in epoch {_session.EpochCount + 1} of {options.Epochs} after {_session.StepCount} steps");
        string kept = KeepReached(run) ?? "nothing was saved";
        try
        {
            _report.EndLine();
        }
        catch (IOException)
        {
            // The terminal has gone, perhaps this is why the run was stopped.
        }

        Terminal.WriteError($"{place}; {kept}");
        return ExitCode.Interrupted;
    }

    /// <summary>Saves what a run has reached that ends before its end: a checkpoint, or the weights where there is none.</summary>
    /// <returns>What was saved; null for nothing.</returns>
    private string? KeepReached(NetworkRun run)
    {
        if (run.Breakdown is not null)
            return null;

        if (options.Files.Checkpoint is { } path)
            return OutputFile.Save(path, run.Save) ? $"continue with --resume {path}" : "continue from there with --resume";
        if (options.Files.Weights is not { } weights)
            return null;

        run.KeptParameters.CopyTo(_session.Parameters);
        return SaveWeights(weights, run.KeptEpoch) ? $"{weights} holds the weights reached" : "those are the weights reached";
    }

    private bool SaveWeights(string path, int epoch)
    {
        bool isInPlace = !Saves || OutputFile.Save(
            path, place => ParameterFile.Save(place, network.Network.Tensors, _session.Parameters, Metadata(epoch)));
        _isIncomplete |= !isInPlace;
        return isInPlace;
    }

    private Dictionary<string, string> Metadata(int epochs) => new(StringComparer.Ordinal)
    {
        ["network"] = network.Name,
        ["nativenet"] = Application.Version,
        ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
        ["epochs"] = epochs.ToString(CultureInfo.InvariantCulture),
    };
}
