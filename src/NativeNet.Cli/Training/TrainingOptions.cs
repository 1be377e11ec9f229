using NativeNet.Training.Schedules;

namespace NativeNet.Cli.Training;

/// <summary>A training run, everything decided.</summary>
/// <param name="Epochs">Passes through the training data, at least 1.</param>
/// <param name="Rule">The update rule.</param>
/// <param name="LearningRate">Above 0.</param>
/// <param name="WeightDecay">0 or more.</param>
/// <param name="Schedule">How the learning rate changes, warm-up included.</param>
/// <param name="Seed">Decides first weights and order of samples.</param>
/// <param name="Threads">The threads that share each step.</param>
/// <param name="Files">What is read and written beside the data.</param>
internal sealed record TrainingOptions(
    int Epochs, RuleName Rule, float LearningRate, float WeightDecay, LearningRateSchedule Schedule, ulong Seed, int Threads,
    TrainingFiles Files);
