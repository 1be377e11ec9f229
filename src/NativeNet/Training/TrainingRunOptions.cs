using NativeNet.Data;
using NativeNet.Training.Schedules;

namespace NativeNet.Training;

/// <summary>What a <see cref="TrainingRun{TNetwork, TRule}"/> does beyond training.</summary>
public sealed record TrainingRunOptions
{
    /// <summary>How the learning rate changes; constant unless set.</summary>
    public LearningRateSchedule Schedule { get; init; } = new ConstantRate();

    /// <summary>Samples judged after every epoch, for the record, the schedule and early stopping; null for none.</summary>
    public DataSet? Validation { get; init; }

    /// <summary>When to end before the last epoch; null for never. Needs <see cref="Validation"/>.</summary>
    public EarlyStopping? Stopping { get; init; }
}
