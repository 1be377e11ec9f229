namespace NativeNet.Training.Schedules;

/// <summary>A rate that falls as accuracy grows: 1 − strength · (best accuracy so far).</summary>
/// <remarks>
/// A step that is right for weights far from their goal throws back those that are close to it. The best accuracy and
/// not the last one decides, so that a dip does not raise the rate that caused it.
/// </remarks>
public sealed record AccuracyDecay : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="strength">The share of the rate that is gone when every prediction is correct, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public AccuracyDecay(float strength = 0.75f) => Strength = ScheduleArguments.Share(strength);

    /// <summary>The share of the rate that is gone when every prediction is correct.</summary>
    public float Strength { get; }

    /// <inheritdoc/>
    internal override bool NeedsAccuracy => true;

    /// <inheritdoc/>
    public override float Factor(int epoch, in ScheduleState state)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return double.IsNaN(state.Best) ? 1f : (float)(1.0 - (Strength * state.Best));
    }

    /// <inheritdoc/>
    public override ScheduleState After(in ScheduleState state, double loss, double accuracy)
    {
        bool improved = double.IsNaN(state.Best) ? !double.IsNaN(accuracy) : accuracy > state.Best;
        return improved
            ? state with { Best = accuracy, Waited = 0 }
            : state with { Waited = state.Waited + 1 };
    }
}
