using System.Globalization;
using NativeNet.Cli.CommandLine;
using NativeNet.Cli.Networks;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Training;

namespace NativeNet.Cli.Training;

/// <summary>Trains a network, tells how it goes, and saves what was asked for.</summary>
/// <typeparam name="TNetwork">The generated network.</typeparam>
/// <param name="network">The same network, with its name.</param>
/// <param name="layout">The layout of its parameters.</param>
/// <param name="options">What to do.</param>
/// <param name="data">Samples of the network's shape.</param>
/// <param name="cancellationToken">Ends training after the step at hand.</param>
internal sealed class TrainingRun<TNetwork>(
    CompiledNetwork network, ParameterLayout layout, TrainingOptions options, TrainTest data, CancellationToken cancellationToken) : IDisposable
    where TNetwork : struct, INetwork<int>
{
    private readonly TrainingSession<TNetwork> _session = new(options.Seed);
    private readonly TrainingReport _report = new(Terminal.Output, options.Epochs, data.Train.Count, Terminal.IsInteractive, cancellationToken);

    /// <summary>Does everything.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        (float rate, float decay) = (options.LearningRate, options.WeightDecay);
        return options.Rule switch
        {
            RuleName.Momentum => Run(new Momentum(rate, weightDecay: decay)),
            RuleName.Nesterov => Run(new Nesterov(rate, weightDecay: decay)),
            RuleName.Adam => Run(new Adam(rate, weightDecay: decay)),
            RuleName.AdamW => Run(new AdamW(rate, weightDecay: decay)),
            _ => Run(new Sgd(rate, decay)),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private int Run<TRule>(in TRule rule)
        where TRule : struct, IUpdateRule<TRule>
    {
        bool isSound = true;
        try
        {
            while (isSound && _session.EpochCount < options.Epochs)
                isSound = TrainEpoch(rule);
        }
        catch (OperationCanceledException)
        {
            _report.EndLine();
            Terminal.WriteError(string.Create(CultureInfo.InvariantCulture,
                $"stopped in epoch {_session.EpochCount + 1} of {options.Epochs} after {_session.StepCount} steps; nothing was saved"));
            return ExitCode.Interrupted;
        }

        Evaluation test = _session.Evaluate(data.Test);
        if (options.JsonPath is not null)
            AtomicFile.Write(options.JsonPath, Result(test).ToJson());
        if (!isSound)
            return ReportBreakdown();

        if (options.WeightsPath is not null)
            ParameterFile.Save(options.WeightsPath, layout, _session.Parameters, Metadata());
        Terminal.Output.WriteLine(TrainingReport.Describe(test));
        return ExitCode.Success;
    }

    private bool TrainEpoch<TRule>(in TRule rule)
        where TRule : struct, IUpdateRule<TRule>
    {
        _report.BeginEpoch();
        Evaluation epoch = _session.TrainEpoch(data.Train, rule, _report);
        _report.EndEpoch(_session.EpochCount, epoch);
        return double.IsFinite(epoch.Loss);
    }

    private int ReportBreakdown()
    {
        Terminal.WriteError(string.Create(CultureInfo.InvariantCulture,
            $"learning broke down in epoch {_session.EpochCount}: the loss is not a finite number any more; use a learning rate below {options.LearningRate}"));
        return ExitCode.Diverged;
    }

    private TrainingResult Result(Evaluation test) => new(
        network.Name, _session.EpochCount, _session.Evaluate(data.Train), test, _report.TrainingSeconds,
        (long)_session.EpochCount * data.Train.Count, ParameterHash.Sha256(layout, _session.Parameters));

    private Dictionary<string, string> Metadata() => new(StringComparer.Ordinal)
    {
        ["network"] = network.Name,
        ["nativenet"] = Application.Version,
        ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
        ["epochs"] = options.Epochs.ToString(CultureInfo.InvariantCulture),
    };
}
