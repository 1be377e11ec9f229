namespace NativeNet.Training.Schedules;

/// <summary>Half a period of a cosine from 1 to a floor: floor + (1 − floor) · (1 + cos(π · epoch / epochs)) / 2.</summary>
/// <remarks>
/// Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017, without the restarts. The floor
/// is reached at epoch <see cref="Epochs"/> and kept.
/// </remarks>
public sealed record CosineDecay : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="epochs">The epochs until the floor is reached, at least 1.</param>
    /// <param name="floor">The factor that is left, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public CosineDecay(int epochs, float floor = 0f)
    {
        Epochs = ScheduleArguments.Epochs(epochs);
        Floor = ScheduleArguments.Share(floor);
    }

    /// <summary>The epochs until the floor is reached.</summary>
    public int Epochs { get; }

    /// <summary>The factor that is left.</summary>
    public float Floor { get; }

    /// <inheritdoc/>
    public override float Factor(int epoch, in ScheduleState state)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        if (epoch >= Epochs)
            return Floor;

        // (1 + cos πx) / 2 is cos²(πx / 2); its second half mirrors the first, so the angle stays within π / 4.
        double x = (double)epoch / Epochs;
        double share = x <= 0.5 ? SquaredCosine(x) : 1.0 - SquaredCosine(1.0 - x);
        return (float)Math.FusedMultiplyAdd(1.0 - Floor, share, Floor);
    }

    /// <summary>cos²(πx / 2) for x from 0 to ½: Taylor's series, whose remainder after degree 10 is below 1.2e-10.</summary>
    private static double SquaredCosine(double x)
    {
        double angle = x * (Math.PI / 2);
        double squared = angle * angle;
        double cosine = Math.FusedMultiplyAdd(-1.0 / 3628800, squared, 1.0 / 40320);
        cosine = Math.FusedMultiplyAdd(cosine, squared, -1.0 / 720);
        cosine = Math.FusedMultiplyAdd(cosine, squared, 1.0 / 24);
        cosine = Math.FusedMultiplyAdd(cosine, squared, -1.0 / 2);
        cosine = Math.FusedMultiplyAdd(cosine, squared, 1.0);
        return cosine * cosine;
    }
}
