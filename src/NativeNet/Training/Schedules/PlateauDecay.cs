using NativeNet.Numerics;

namespace NativeNet.Training.Schedules;

/// <summary>A cut whenever the loss has not improved for a while, as <c>torch.optim.lr_scheduler.ReduceLROnPlateau</c>.</summary>
/// <remarks>
/// decay^reductions, at least the floor. An epoch improves when its loss is below (1 − threshold) times the best so
/// far. After more than <see cref="Patience"/> epochs without improvement there is a cut, and the count begins again.
/// </remarks>
public sealed record PlateauDecay : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="decay">The factor of one cut, above 0 and at most 1.</param>
    /// <param name="patience">The epochs without improvement that pass without a cut, at least 0.</param>
    /// <param name="threshold">The relative improvement that counts, from 0 to 1.</param>
    /// <param name="floor">The least factor, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public PlateauDecay(float decay = 0.1f, int patience = 10, float threshold = 1e-4f, float floor = 0f)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        Decay = ScheduleArguments.Decay(decay);
        Patience = patience;
        Threshold = ScheduleArguments.Share(threshold);
        Floor = ScheduleArguments.Share(floor);
    }

    /// <summary>The factor of one cut.</summary>
    public float Decay { get; }

    /// <summary>The epochs without improvement that pass without a cut.</summary>
    public int Patience { get; }

    /// <summary>The relative improvement that counts.</summary>
    public float Threshold { get; }

    /// <summary>The least factor.</summary>
    public float Floor { get; }

    /// <inheritdoc/>
    public override float Factor(int epoch, in ScheduleState state)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return Math.Max(Floor, (float)IntegerPower.Of(Decay, state.Reductions));
    }

    /// <inheritdoc/>
    public override ScheduleState After(in ScheduleState state, double loss, double accuracy)
    {
        bool improved = double.IsNaN(state.Best) ? !double.IsNaN(loss) : loss < state.Best * (1.0 - Threshold);
        if (improved)
            return state with { Best = loss, Waited = 0 };

        return state.Waited < Patience
            ? state with { Waited = state.Waited + 1 }
            : state with { Waited = 0, Reductions = state.Reductions + 1 };
    }
}
