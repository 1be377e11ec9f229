using System.Globalization;
using ConsoleAppFramework;
using NativeNet.Cli.CommandLine;
using NativeNet.Cli.Networks;
using NativeNet.Cli.Training;
using NativeNet.Data;
using NativeNet.Training.Schedules;

namespace NativeNet.Cli.Commands;

/// <summary><c>nativenet train</c>.</summary>
internal static class TrainCommand
{
    /// <summary>A checkpoint waits for the disk, which takes longer than many an epoch.</summary>
    private const int DefaultEvery = 10;

    /// <summary>Trains a network, then says how well it does on data it has not seen.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="data">A folder of IDX files or a CSV file.</param>
    /// <param name="epochs">Passes through the training data.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="rule">The update rule.</param>
    /// <param name="weightDecay">The weight decay.</param>
    /// <param name="seed">Decides first weights and order of samples.</param>
    /// <param name="schedule">How the learning rate changes.</param>
    /// <param name="warmup">The epochs below the full rate.</param>
    /// <param name="threads">The threads that share each step.</param>
    /// <param name="output">Where to save the weights.</param>
    /// <param name="json">Where to save the result.</param>
    /// <param name="log">Where to write a row for each epoch.</param>
    /// <param name="checkpoint">Where to save what it takes to continue.</param>
    /// <param name="every">The epochs between two checkpoints.</param>
    /// <param name="resume">The checkpoint to continue from.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        [Argument] string network = "digits", string? data = null, [Epochs] int? epochs = null,
        [LearningRate] float? learningRate = null, [RuleArgument] RuleName rule = RuleName.Sgd,
        [WeightDecay] float? weightDecay = null, [Seed] ulong seed = 42,
        [ScheduleArgument] LearningRateSchedule? schedule = null, [Warmup] int? warmup = null, [Threads] int? threads = null,
        string? output = null, string? json = null, string? log = null,
        string? checkpoint = null, [Every] int? every = null, string? resume = null,
        CancellationToken cancellationToken = default)
    {
        CompiledNetwork chosen = NetworkCatalog.Find(network);
        if (every is not null && checkpoint is null)
            throw new UsageException("--every is the epochs between checkpoints; say where with --checkpoint FILE");

        var files = new TrainingFiles(output, json, log, checkpoint, every ?? DefaultEvery, resume);
        files.Check();
        var options = new TrainingOptions(
            epochs ?? chosen.Defaults.Epochs, rule, learningRate ?? DefaultRate(rule, chosen.Defaults.LearningRate),
            weightDecay ?? (rule == RuleName.AdamW ? 0.01f : 0f), WithWarmup(schedule ?? new ConstantRate(), warmup ?? 0), seed, threads ?? 1, files);
        TrainTest samples = chosen.Defaults.Data.Load(chosen, data);

        Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{chosen.Name}: {chosen.ParameterCount} parameters, {samples.Train.Count} samples to train on, {samples.Test.Count} to test"));
        Terminal.Output.WriteLine($"kernels: {InstructionSet.Describe()}");
        if (InstructionSet.Warning() is { } warning)
            Terminal.WriteError(warning);
        return chosen.Train(options, samples, cancellationToken);
    }

    private static LearningRateSchedule WithWarmup(LearningRateSchedule schedule, int epochs)
        => epochs == 0 ? schedule : new LinearWarmup(epochs, schedule);

    /// <summary>A velocity of 0.9 multiplies steps by ten; Adam's steps have the size of the rate itself.</summary>
    private static float DefaultRate(RuleName rule, float plain) => rule switch
    {
        RuleName.Momentum or RuleName.Nesterov => plain / 10,
        RuleName.Adam or RuleName.AdamW => 0.001f,
        _ => plain,
    };
}
