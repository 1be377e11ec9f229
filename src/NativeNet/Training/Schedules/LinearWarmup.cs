namespace NativeNet.Training.Schedules;

/// <summary>Equal steps up to the full rate, then another schedule from its own epoch 0.</summary>
/// <remarks>
/// (epoch + 1) / (epochs + 1) of the other schedule's first factor: all warm-up epochs are below it, and the first one
/// behind them has it. Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017, section 2.2. A
/// schedule with memory watches from the first epoch on.
/// </remarks>
public sealed record LinearWarmup : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="epochs">The epochs below the full rate, at least 1.</param>
    /// <param name="then">The schedule behind them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of epochs is below 1.</exception>
    public LinearWarmup(int epochs, LearningRateSchedule then)
    {
        Epochs = ScheduleArguments.Epochs(epochs);
        Then = then;
    }

    /// <summary>The epochs below the full rate.</summary>
    public int Epochs { get; }

    /// <summary>The schedule behind them.</summary>
    public LearningRateSchedule Then { get; }

    /// <inheritdoc/>
    internal override bool NeedsAccuracy => Then.NeedsAccuracy;

    /// <inheritdoc/>
    public override float Factor(int epoch, in ScheduleState state)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return epoch >= Epochs
            ? Then.Factor(epoch - Epochs, state)
            : (float)(Then.Factor(0, state) * (epoch + 1.0) / (Epochs + 1.0));
    }

    /// <inheritdoc/>
    public override ScheduleState After(in ScheduleState state, double loss, double accuracy)
        => Then.After(state, loss, accuracy);
}
