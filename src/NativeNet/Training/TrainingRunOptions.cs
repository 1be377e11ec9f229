using NativeNet.Data;
using NativeNet.Training.Schedules;

namespace NativeNet.Training;

/// <summary>What a <see cref="NetworkRun{TTarget, TRule}"/> does beyond training.</summary>
public sealed record TrainingRunOptions
{
    /// <summary>How the learning rate changes; constant unless set.</summary>
    public LearningRateSchedule Schedule { get; init; } = new ConstantRate();

    /// <summary>Samples judged after every epoch, for the record, the schedule and early stopping; null for none.</summary>
    public DataSet? Validation { get; init; }

    /// <summary>When to end before the last epoch; null for never. Needs <see cref="Validation"/>.</summary>
    public EarlyStopping? Stopping { get; init; }

    /// <summary>The batches whose gradients make one step, at least 1, which it is unless set; an epoch's last step takes those that are left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int AccumulatedBatches
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(AccumulatedBatches));
            field = value;
        }
    } = 1;

    /// <summary>Gradients whose norm over all parameters is greater are brought down to it; above 0, and +∞, no bound, unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0.</exception>
    public float MaximumNorm
    {
        get;
        init => field = value > 0f
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaximumNorm), value, "Must be above 0.");
    } = float.PositiveInfinity;

    /// <summary>Whether steps need the gradients in a buffer, which plain steps do without.</summary>
    internal bool GathersGradients => AccumulatedBatches > 1 || MaximumNorm < float.PositiveInfinity;
}
