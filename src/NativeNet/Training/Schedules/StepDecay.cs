using NativeNet.Numerics;

namespace NativeNet.Training.Schedules;

/// <summary>A cut every few epochs: decay^⌊epoch / every⌋, as <c>torch.optim.lr_scheduler.StepLR</c>.</summary>
public sealed record StepDecay : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="decay">The factor of one cut, above 0 and at most 1.</param>
    /// <param name="every">The epochs between cuts, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public StepDecay(float decay, int every)
    {
        Decay = ScheduleArguments.Decay(decay);
        Every = ScheduleArguments.Epochs(every);
    }

    /// <summary>The factor of one cut.</summary>
    public float Decay { get; }

    /// <summary>The epochs between cuts.</summary>
    public int Every { get; }

    /// <inheritdoc/>
    public override float Factor(int epoch, in ScheduleState state)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return (float)IntegerPower.Of(Decay, epoch / Every);
    }
}
