using NativeNet.Numerics;

namespace NativeNet.Training.Schedules;

/// <summary>The same cut every epoch: decay^epoch, as <c>torch.optim.lr_scheduler.ExponentialLR</c>.</summary>
public sealed record ExponentialDecay : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="decay">The factor from one epoch to the next, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public ExponentialDecay(float decay) => Decay = ScheduleArguments.Decay(decay);

    /// <summary>The factor from one epoch to the next.</summary>
    public float Decay { get; }

    /// <inheritdoc/>
    public override float Factor(int epoch, in ScheduleState state)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return (float)IntegerPower.Of(Decay, epoch);
    }
}
