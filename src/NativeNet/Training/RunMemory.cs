using NativeNet.Training.Monitoring;
using NativeNet.Training.Schedules;

namespace NativeNet.Training;

/// <summary>What a training run remembers between epochs beside its session.</summary>
/// <param name="Schedule">What the learning-rate schedule remembers.</param>
/// <param name="Stopping">What early stopping remembers.</param>
public sealed record RunMemory(ScheduleState Schedule, EarlyStoppingState Stopping)
{
    /// <summary>A run with everything that its monitor remembers.</summary>
    internal RunMemory(ScheduleState schedule, EarlyStoppingState stopping, MonitorMemory monitor)
        : this(schedule, stopping)
        => Monitor = monitor;

    /// <summary>The memory of a run that has not begun.</summary>
    public static RunMemory Start { get; } = new(ScheduleState.Start, EarlyStoppingState.Start);

    /// <summary>(ParametersLength), the parameters of the epoch with the lowest held-out loss; empty without early stopping.</summary>
    public ReadOnlyMemory<float> BestParameters { get; init; }

    /// <summary>What the monitor remembers; of no layers where there is none.</summary>
    internal MonitorMemory Monitor { get; init; } = new([], PredictionMemory.Start);
}
