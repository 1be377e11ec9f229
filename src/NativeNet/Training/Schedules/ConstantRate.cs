namespace NativeNet.Training.Schedules;

/// <summary>The rule's own rate throughout.</summary>
public sealed record ConstantRate : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float Factor(int epoch, in ScheduleState state)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return 1f;
    }
}
