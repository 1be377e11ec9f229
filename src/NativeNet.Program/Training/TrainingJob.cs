using System.Globalization;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Networks;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Storage;
using NativeNet.Training;
using NativeNet.Training.Monitoring;

namespace NativeNet.Program.Training;

/// <summary>Trains a network, tells how it goes, and saves what was asked for.</summary>
/// <param name="network">The network.</param>
/// <param name="options">What to do.</param>
/// <param name="data">Samples of the network's shape.</param>
/// <param name="cancellationToken">Ends training after the step at hand.</param>
internal sealed class TrainingJob(
    CompiledNetwork network, TrainingOptions options, TrainTest data, CancellationToken cancellationToken) : IDisposable
{
    private readonly ClassifierSession _session = new(network.Network, options.Seed, options.Threads);
    private readonly TrainingReport _report = new(Terminal.Output, options.Epochs, data.Train.Count, Terminal.IsInteractive);
    private int _savedEpoch = -1;

    /// <summary>Does everything.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        (UpdateRuleKind kind, float rate, float momentum, float decay) = options.Rule;
        return kind switch
        {
            UpdateRuleKind.Momentum => Run(new Momentum(rate, momentum, decay)),
            UpdateRuleKind.Nesterov => Run(new Nesterov(rate, momentum, decay)),
            UpdateRuleKind.Adam => Run(new Adam(rate, weightDecay: decay)),
            UpdateRuleKind.AdamW => Run(new AdamW(rate, weightDecay: decay)),
            _ => Run(new Sgd(rate, decay)),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private int Run<TRule>(TRule rule)
        where TRule : struct, IUpdateRule<TRule>
    {
        var run = new ClassifierRun<TRule>(_session, data.Train, rule, options.Run);
        Resume(run);

        int firstEpoch = _session.EpochCount, firstPosition = _session.Progress.Position;
        using RunLog? log = OpenLog(run);
        while (run.Breakdown is null && !IsOver(run))
        {
            if (!TrainEpoch(run))
                return ReportInterruption(run);

            log?.Write(run.Record);
            if (IsWorthSaving(run))
                SaveCheckpoint(run);
        }

        long samples = ((long)(_session.EpochCount - firstEpoch) * data.Train.Count) - firstPosition;
        return Finish(run, samples);
    }

    private bool IsOver<TRule>(ClassifierRun<TRule> run)
        where TRule : struct, IUpdateRule<TRule>
        => run.IsStopped || _session.EpochCount >= options.Epochs;

    private void Resume<TRule>(ClassifierRun<TRule> run)
        where TRule : struct, IUpdateRule<TRule>
    {
        if (options.Files.Resume is not { } path)
            return;

        run.Load(path);
        if (_session.EpochCount > options.Epochs)
            throw new UsageException($"{path} has {_session.EpochCount} epochs behind it; continue with as many --epochs or more, not {options.Epochs}");

        _savedEpoch = path == options.Files.Checkpoint ? _session.EpochCount : -1;
        _report.ResumeAt(_session.EpochCount);
    }

    private RunLog? OpenLog<TRule>(ClassifierRun<TRule> run)
        where TRule : struct, IUpdateRule<TRule>
    {
        if (options.Files.Log is not { } path)
            return null;

        int[] layers = [.. run.Layers];
        return options.Files.Resume is null ? RunLog.Create(path, layers) : RunLog.Continue(path, layers, _session.EpochCount);
    }

    /// <summary>Trains to the end of the epoch, even where a step breaks down: the log is to show how.</summary>
    /// <returns>Whether the user let it end.</returns>
    private bool TrainEpoch<TRule>(ClassifierRun<TRule> run)
        where TRule : struct, IUpdateRule<TRule>
    {
        _report.BeginEpoch();
        while (!run.TrainStep())
        {
            if (cancellationToken.IsCancellationRequested)
                return false;
            _report.EndStep(_session.Progress.Evaluation);
        }

        _report.EndEpoch(run.Record, isLast: run.Breakdown is not null || IsOver(run));
        return !cancellationToken.IsCancellationRequested || IsOver(run);
    }

    /// <summary>A collapse is called a breakdown only after a while; until then it must not replace what was good.</summary>
    private bool IsWorthSaving<TRule>(ClassifierRun<TRule> run)
        where TRule : struct, IUpdateRule<TRule>
        => run.Breakdown is null
            && (IsOver(run) || (_session.EpochCount % options.Files.Every == 0 && !run.IsCollapsing));

    private void SaveCheckpoint<TRule>(ClassifierRun<TRule> run)
        where TRule : struct, IUpdateRule<TRule>
    {
        if (options.Files.Checkpoint is not { } path)
            return;

        run.Save(path);
        _savedEpoch = _session.EpochCount;
    }

    private int Finish<TRule>(ClassifierRun<TRule> run, long samples)
        where TRule : struct, IUpdateRule<TRule>
    {
        int lastEpoch = _session.EpochCount, keptEpoch = lastEpoch;
        if (run.Breakdown is null)
        {
            run.KeptParameters.CopyTo(_session.Parameters);
            keptEpoch = run.KeptEpoch;
        }

        // The files are not in memory together: of MNIST that is an eighth less.
        data.Train.ReleasePages();
        Evaluation test = _session.Evaluate(data.Test);
        data.Test.ReleasePages();
        if (options.Files.Json is { } json)
        {
            var result = new TrainingResult(
                network.Name, lastEpoch, keptEpoch, _session.Evaluate(data.Train),
                options.Run.Validation is { } validation ? _session.Evaluate(validation) : null, test,
                _report.TrainingSeconds, samples, ParameterHash.Sha256(network.Network.Tensors, _session.Parameters));
            AtomicFile.Write(json, result.ToJson());
        }

        if (run.Breakdown is { } found)
        {
            string kept = _savedEpoch < 0 ? "" : string.Create(CultureInfo.InvariantCulture,
                $"; {options.Files.Checkpoint} holds the end of epoch {_savedEpoch}");
            Terminal.WriteError(found + kept);
            return ExitCode.Diverged;
        }

        if (options.Files.Weights is { } weights)
            ParameterFile.Save(weights, network.Network.Tensors, _session.Parameters, Metadata(keptEpoch));
        if (options.Run.Stopping is not null)
            Terminal.Output.WriteLine(TrainingReport.DescribeKept(keptEpoch, lastEpoch));
        Terminal.Output.WriteLine(TrainingReport.Describe(test));
        return ExitCode.Success;
    }

    private int ReportInterruption<TRule>(ClassifierRun<TRule> run)
        where TRule : struct, IUpdateRule<TRule>
    {
        _report.EndLine();
        string place = string.Create(CultureInfo.InvariantCulture,
            $"stopped in epoch {_session.EpochCount + 1} of {options.Epochs} after {_session.StepCount} steps");
        string kept = "nothing was saved";
        if (options.Files.Checkpoint is { } path && run.Breakdown is null)
        {
            run.Save(path);
            kept = $"continue with --resume {path}";
        }

        Terminal.WriteError($"{place}; {kept}");
        return ExitCode.Interrupted;
    }

    private Dictionary<string, string> Metadata(int epochs) => new(StringComparer.Ordinal)
    {
        ["network"] = network.Name,
        ["nativenet"] = Application.Version,
        ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
        ["epochs"] = epochs.ToString(CultureInfo.InvariantCulture),
    };
}
