using System.Globalization;
using ConsoleAppFramework;
using NativeNet.Program.CommandLine;
using NativeNet.Program.Networks;
using NativeNet.Program.Training;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Storage;
using NativeNet.Training;
using NativeNet.Training.Schedules;

namespace NativeNet.Program.Commands;

/// <summary><c>nativenet train</c>.</summary>
internal static class TrainCommand
{
    /// <summary>A checkpoint waits for the disk, which takes longer than many an epoch.</summary>
    private const int DefaultEvery = 10;

    /// <summary>Trains a network, then says how well it does on data it has not seen.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="data">A folder of IDX files or a CSV file.</param>
    /// <param name="label">The column with the labels.</param>
    /// <param name="target">The columns with the values to learn, or the word for the inputs.</param>
    /// <param name="delimiter">What stands between fields.</param>
    /// <param name="header">Whether the first line names the columns.</param>
    /// <param name="missing">What becomes of rows with missing values.</param>
    /// <param name="rows">What a row of a CSV file is.</param>
    /// <param name="test">The samples to be judged by.</param>
    /// <param name="weights">The weights to begin with.</param>
    /// <param name="layout">What those are taken for that do not say in which order they lie.</param>
    /// <param name="epochs">Passes through the training data.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="rule">The update rule.</param>
    /// <param name="weightDecay">The weight decay.</param>
    /// <param name="decayBiases">Whether biases decay too.</param>
    /// <param name="seed">Decides first weights, order of samples and what is held out.</param>
    /// <param name="schedule">How the learning rate changes.</param>
    /// <param name="warmup">The epochs below the full rate.</param>
    /// <param name="validation">The share of the training data to hold out.</param>
    /// <param name="earlyStop">The epochs without a lower validation loss after which training ends.</param>
    /// <param name="classWeights">What the samples of a class weigh.</param>
    /// <param name="clipNorm">The greatest norm of a gradient.</param>
    /// <param name="accumulate">The batches of a step.</param>
    /// <param name="threads">The threads that share each step.</param>
    /// <param name="output">Where to save the weights.</param>
    /// <param name="json">Where to save the result.</param>
    /// <param name="log">Where to write a row for each epoch.</param>
    /// <param name="checkpoint">Where to save what it takes to continue.</param>
    /// <param name="every">The epochs between two checkpoints.</param>
    /// <param name="resume">The checkpoint to continue from.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        [Argument] string? network = null, string? data = null, string? label = null, string? target = null,
        [Delimiter] char? delimiter = null, [Header] HeaderLine header = HeaderLine.AsItLooks,
        [Missing] MissingValues missing = MissingValues.Refused, [Rows] RowKind rows = RowKind.Samples, string? test = null,
        string? weights = null, [Layout] ParameterOrder layout = ParameterOrder.Stated, [Epochs] int? epochs = null,
        [LearningRate] float? learningRate = null, [RuleArgument] UpdateRuleKind? rule = null,
        [WeightDecay] float? weightDecay = null, [DecayBiases] BiasDecay decayBiases = BiasDecay.AsTheFileSays, [Seed] ulong seed = 42,
        [ScheduleArgument] LearningRateSchedule? schedule = null, [Warmup] int? warmup = null,
        [Validation] double? validation = null, [EarlyStop] int? earlyStop = null,
        [ClassWeights] ClassWeighting classWeights = ClassWeighting.Equal,
        [ClipNorm] float? clipNorm = null, [Accumulate] int? accumulate = null, [Threads] int? threads = null,
        string? output = null, string? json = null, string? log = null,
        string? checkpoint = null, [Every] int? every = null, string? resume = null)
        => Command.RunTogether((processes, cancellationToken) =>
        {
            NamedNetwork chosen = NetworkCatalog.Find(network);
            if (every is not null && checkpoint is null)
                throw new UsageException("--every is the epochs between checkpoints; say where with --checkpoint FILE");
            if (earlyStop is not null && validation is null)
                throw new UsageException("--early-stop judges by samples held out of the training data; say how many with --validation 0.1");
            if (weights is not null && resume is not null)
                throw new UsageException("a checkpoint has weights of its own; leave out --weights or --resume");
            if (threads > 1 && (clipNorm is not null || accumulate is not null))
                throw new UsageException("--threads has no part in steps with --clip-norm or --accumulate; leave it out");
            if (classWeights == ClassWeighting.Balanced && chosen.Network.TrainingLoss != LossKind.SoftmaxCrossEntropy)
                throw new UsageException($"--class-weights is for networks that tell classes apart by softmaxCrossEntropy, which {chosen.Name} does not; leave it out");

            if (processes is not null && chosen.Network.IsStateful)
                throw new UsageException($"{chosen.Name} is stateful, and is not trained by several processes; start it as one");

            var files = new TrainingFiles(output, json, log, checkpoint, every ?? DefaultEvery, resume, weights);
            if (processes is null or { IsFirst: true })
                files.Check(data);
            TrainTest samples = chosen.Data.Load(chosen, new DataArguments(data, label, target, delimiter, header, missing, test, seed, rows));
            if (validation is not null && samples.Train.Count < 2)
                throw new UsageException("--validation holds some of the training data out, which is a single sample; leave it out");

            ValidationSplit? split = validation is not { } share ? null
                : chosen.Network.IsStateful ? ValidationSplit.Last(samples.Train, share)
                : ValidationSplit.Random(samples.Train, share, seed);
            var run = new TrainingRunOptions
            {
                Schedule = chosen.Training.ScheduleOf(schedule, warmup),
                Validation = split?.Validation,
                Stopping = earlyStop is { } patience ? new EarlyStopping(patience) : null,
                AccumulatedBatches = accumulate ?? 1,
                MaximumNorm = clipNorm ?? float.PositiveInfinity,
            };
            if (run.Schedule.NeedsAccuracy && chosen.Network.TrainingLoss == LossKind.MeanSquaredError)
                throw new UsageException($"the schedule accuracy follows the share of correct predictions, which {chosen.Name} does not have; take plateau, which follows the loss");

            samples = samples with { Train = split?.Train ?? samples.Train };
            LabelCheck.Require(samples.Train, data);
            LabelCheck.WarnOfMissing(samples.Train, samples.Test, "test");
            if (split is not null)
                LabelCheck.WarnOfMissing(samples.Train, split.Validation, "held-out");
            var options = new TrainingOptions(
                epochs ?? chosen.Training.Epochs, chosen.Training.RuleOf(rule, learningRate, weightDecay, decayBiases == BiasDecay.AsTheFileSays ? null : decayBiases == BiasDecay.Decay), run, seed, threads ?? 1,
                classWeights == ClassWeighting.Balanced ? NativeNet.Training.ClassWeights.Balanced(samples.Train) : [], files, layout);
            WarnOfZeroRate(options);
            WarnOfFrozen(chosen, files);

            string held = split is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {split.Validation.Count} held out");
            Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{chosen.Name}: {chosen.Network.Tensors.ParameterCount} parameters, {samples.Train.Count} samples to train on{held}, {samples.Test.Count} to test"));
            Terminal.Output.WriteLine($"kernels: {InstructionSet.Describe()}");
            if (InstructionSet.Warning() is { } warning)
                Terminal.WriteError(warning);
            return chosen.Train(options, samples, processes, cancellationToken);
        });

    /// <summary>What is frozen and was never trained is as good as noise.</summary>
    private static void WarnOfFrozen(NamedNetwork network, TrainingFiles files)
    {
        if (files is { First: null, Resume: null } && network.Network.Tensors.Slots.Any(static slot => slot.IsFrozen))
            Terminal.WriteError($"warning: {network.Name} has frozen layers, which keep their first, random weights; begin with trained ones by --weights FILE");
    }

    /// <summary>A cosine, for one, is over at its last epoch, however many more there are.</summary>
    private static void WarnOfZeroRate(TrainingOptions options)
    {
        int epochs = options.Epochs;
        while (epochs > 0 && options.Run.Schedule.Factor(epochs - 1, ScheduleState.Start) == 0)
            epochs--;
        if (epochs < options.Epochs)
            Terminal.WriteError(string.Create(CultureInfo.InvariantCulture, $"warning: from epoch {epochs + 1} on the schedule has brought the learning rate to 0, and nothing changes any more"));
    }
}
