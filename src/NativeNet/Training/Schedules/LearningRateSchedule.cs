using NativeNet.Description;

namespace NativeNet.Training.Schedules;

/// <summary>How the learning rate changes from epoch to epoch: a factor on the rate of the update rule.</summary>
/// <remarks>
/// A schedule holds settings only. What some of them remember of the past is a <see cref="ScheduleState"/>, which
/// belongs to the run and is saved with it; the factor is a pure function of the epoch and that state. Factors are
/// worked out in double, by operations that IEEE-754 rounds in one way only, and rounded to float once: the same bits on
/// every machine. Nothing of the mathematical library is used, whose bits differ between platforms.
/// </remarks>
public abstract record LearningRateSchedule
{
    /// <summary>The schedule that a network's file asks for, warm-up included.</summary>
    /// <param name="training">The file's training section.</param>
    /// <exception cref="ArgumentException">The library has no such schedule.</exception>
    public static LearningRateSchedule Of(TrainingSpec training)
    {
        LearningRateSchedule schedule = training.Schedule switch
        {
            ConstantScheduleSpec => new ConstantRate(),
            StepScheduleSpec step => new StepDecay(step.Decay, step.Every),
            ExponentialScheduleSpec exponential => new ExponentialDecay(exponential.Decay),
            InverseTimeScheduleSpec inverse => new InverseTimeDecay(inverse.Halving),
            CosineScheduleSpec cosine => new CosineDecay(cosine.Epochs, cosine.Floor),
            PlateauScheduleSpec plateau => new PlateauDecay(plateau.Decay, plateau.Patience, plateau.Threshold, plateau.Floor),
            AccuracyScheduleSpec accuracy => new AccuracyDecay(accuracy.Strength),
            _ => throw new ArgumentException($"There is no schedule for {training.Schedule}.", nameof(training)),
        };
        return training.Warmup > 0 ? new LinearWarmup(training.Warmup, schedule) : schedule;
    }

    /// <summary>Whether it follows accuracy, which networks that give values do not have.</summary>
    internal virtual bool NeedsAccuracy => false;

    /// <summary>The factor for one epoch.</summary>
    /// <param name="epoch">The epoch about to be trained, from 0.</param>
    /// <param name="state">What happened before it; <see cref="ScheduleState.Start"/> before the first.</param>
    /// <returns>At least 0; at most 1 for every schedule of this library.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epoch"/> is negative.</exception>
    public abstract float Factor(int epoch, in ScheduleState state);

    /// <summary>What to remember after an epoch; a schedule without memory returns the state as it is.</summary>
    /// <param name="state">The state before the epoch.</param>
    /// <param name="loss">The epoch's mean loss, on held-out samples where the run has them; NaN never counts as better.</param>
    /// <param name="accuracy">The epoch's share of correct predictions, from 0 to 1, on the same samples; NaN of networks that give values.</param>
    public virtual ScheduleState After(in ScheduleState state, double loss, double accuracy) => state;
}
