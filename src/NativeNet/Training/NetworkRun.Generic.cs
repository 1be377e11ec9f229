using NativeNet.Data;
using NativeNet.Numerics;

namespace NativeNet.Training;

/// <summary>A run with an update rule.</summary>
/// <typeparam name="TTarget">The type of the network's targets: <see cref="int"/> for class numbers, <see cref="float"/> for values.</typeparam>
/// <typeparam name="TRule">The update rule.</typeparam>
public class NetworkRun<TTarget, TRule> : NetworkRun
    where TTarget : unmanaged
    where TRule : struct, IUpdateRule<TRule>
{
    private readonly TRule _rule;

    /// <summary>Prepares a run; the present weights are those that amplitudes are relative to.</summary>
    /// <param name="session">The session to train, between two epochs; the caller disposes of it.</param>
    /// <param name="train">The samples to train on.</param>
    /// <param name="rule">The update rule with the rate before the schedule's factor.</param>
    /// <param name="options">The rest; null for a constant rate and nothing held out.</param>
    /// <exception cref="ArgumentException">
    /// There is early stopping but nothing held out, a schedule follows the accuracy of a network that has none, or every
    /// label or target is the same.
    /// </exception>
    public NetworkRun(NetworkSession<TTarget> session, DataSet train, TRule rule, TrainingRunOptions? options = null)
        : base(session, train, options ??= new TrainingRunOptions(), () => RunIdentity.Of(rule, train, options))
        => (Session, _rule) = (session, rule);

    /// <summary>The session that is trained.</summary>
    public NetworkSession<TTarget> Session { get; }

    /// <summary>The learning rate of the current epoch.</summary>
    public float Rate => _rule.LearningRate * RateFactor;

    /// <inheritdoc/>
    public override bool TrainStep()
    {
        float rate = Rate;
        TRule rule = _rule with { LearningRate = rate };
        EpochProgress after = Options.GathersGradients ? StepGathered(rule) : StepPlain(rule);
        if (Session.Progress.Position > 0)
            return false;

        EndEpoch(after.Evaluation, rate);
        return true;
    }

    private EpochProgress StepPlain(in TRule rule)
    {
        EpochProgress before = Session.Progress;
        Evaluation batch = Session.TrainBatch(Train, rule);
        AddBatch(batch);
        return before.With(batch);
    }

    private EpochProgress StepGathered(in TRule rule)
    {
        EpochProgress progress;
        int batches = 0;
        do
        {
            progress = Session.Progress;
            Evaluation batch = Session.AccumulateBatch(Train);
            progress = progress.With(batch);

            // The session has not counted the step yet that the batch belongs to.
            AddBatch(batch, Session.StepCount + 1);
            batches++;
        }
        while (batches < Options.AccumulatedBatches && Session.Progress.Position > 0);

        Session.StepAccumulated(rule, Options.MaximumNorm);
        return progress;
    }
}
