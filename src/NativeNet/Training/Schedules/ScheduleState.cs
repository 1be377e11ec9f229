namespace NativeNet.Training.Schedules;

/// <summary>What a <see cref="LearningRateSchedule"/> remembers of the epochs so far: three numbers, saved with the run.</summary>
/// <param name="Best">The best value seen of what the schedule watches; NaN before the first.</param>
/// <param name="Waited">The epochs since then.</param>
/// <param name="Reductions">How often the rate has been reduced.</param>
public readonly record struct ScheduleState(double Best, int Waited, int Reductions)
{
    /// <summary>The state before the first epoch.</summary>
    public static ScheduleState Start { get; } = new(double.NaN, 0, 0);
}
