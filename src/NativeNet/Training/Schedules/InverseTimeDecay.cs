namespace NativeNet.Training.Schedules;

/// <summary>1 / (1 + epoch / halving): half the rate after <see cref="Halving"/> epochs, a third after twice as many.</summary>
/// <remarks>
/// The slowest decay for which gradient descent on noisy gradients still converges is of this kind: Robbins and Monro,
/// "A stochastic approximation method", 1951.
/// </remarks>
public sealed record InverseTimeDecay : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="halving">The epochs after which half of the rate is left, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public InverseTimeDecay(int halving) => Halving = ScheduleArguments.Epochs(halving);

    /// <summary>The epochs after which half of the rate is left.</summary>
    public int Halving { get; }

    /// <inheritdoc/>
    public override float Factor(int epoch, in ScheduleState state)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return (float)(Halving / ((double)Halving + epoch));
    }
}
