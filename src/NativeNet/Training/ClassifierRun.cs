using NativeNet.Data;
using NativeNet.Numerics;
using NativeNet.Storage;
using NativeNet.Training.Monitoring;
using NativeNet.Training.Schedules;

namespace NativeNet.Training;

/// <summary>A session trained by the book: a rate by schedule, a record of every epoch, early stopping, checkpoints.</summary>
/// <remarks>
/// What happens is decided by the network, the seed of the session, and what the run is created with; saved and loaded
/// at any step, it goes on to the same bits. After the first epoch, training allocates nothing.
/// </remarks>
/// <typeparam name="TRule">The update rule.</typeparam>
public class ClassifierRun<TRule>
    where TRule : struct, IUpdateRule<TRule>
{
    private readonly DataSet _train;
    private readonly TRule _rule;
    private readonly TrainingRunOptions _options;
    private readonly TrainingMonitor _monitor;
    private readonly Lazy<RunIdentity> _identity;
    private ScheduleState _schedule = ScheduleState.Start;
    private EarlyStoppingState _stopping = EarlyStoppingState.Start;

    /// <summary>(ParametersLength), the parameters of the epoch with the lowest held-out loss; those at the start before the first.</summary>
    private readonly float[] _best = [];

    /// <summary>Prepares a run; the present weights are those that amplitudes are relative to.</summary>
    /// <param name="session">The session to train, between two epochs; the caller disposes of it.</param>
    /// <param name="train">The samples to train on.</param>
    /// <param name="rule">The update rule with the rate before the schedule's factor.</param>
    /// <param name="options">The rest; null for a constant rate and nothing held out.</param>
    /// <exception cref="ArgumentException">There is early stopping but nothing held out, or every label is the same.</exception>
    public ClassifierRun(ClassifierSession session, DataSet train, TRule rule, TrainingRunOptions? options = null)
    {
        _options = options ?? new TrainingRunOptions();
        if (_options is { Stopping: not null, Validation: null })
            throw new ArgumentException("Early stopping needs held-out samples; give the run validation data.", nameof(options));

        if (!train.Labels.ContainsAnyExcept(train.Labels[0]))
            throw new ArgumentException($"Every label of the training data is {train.Labels[0]}; a classifier learns from two classes or more.", nameof(train));

        Session = session;
        _train = train;
        _rule = rule;
        _monitor = new TrainingMonitor(session);
        _identity = new Lazy<RunIdentity>(() => RunIdentity.Of(_rule, _train, _options));
        if (_options.Stopping is not null)
            _best = session.Parameters.ToArray();
    }

    /// <summary>The session that is trained.</summary>
    public ClassifierSession Session { get; }

    /// <summary>The epoch that ended last; overwritten by the next.</summary>
    public EpochRecord Record => _monitor.Record;

    /// <summary>The positions of the layers that <see cref="Record"/> tells of, for <see cref="RunLog.Create"/>.</summary>
    public IReadOnlyList<int> Layers => _monitor.Layers;

    /// <summary>The first breakdown, if there was one; the run can go on all the same.</summary>
    public TrainingBreakdown? Breakdown { get; private set; }

    /// <summary>Whether the last epoch predicted one class for everything after learning; a breakdown when that goes on.</summary>
    public bool IsCollapsing => _monitor.IsCollapsing;

    /// <summary>Whether early stopping has decided that the run is over.</summary>
    public bool IsStopped => _options.Stopping is { } stopping && stopping.IsOver(_stopping);

    /// <summary>The parameters to keep: with early stopping those of <see cref="KeptEpoch"/>, otherwise the present ones.</summary>
    public ReadOnlySpan<float> KeptParameters => _options.Stopping is null ? Session.Parameters : _best;

    /// <summary>With early stopping the epoch after which the held-out loss was lowest, from 1, or 0 for none; otherwise the last one.</summary>
    public int KeptEpoch => Session.EpochCount - _stopping.Waited;

    /// <summary>The learning rate of the current epoch.</summary>
    public float Rate => _rule.LearningRate * _options.Schedule.Factor(Session.EpochCount, _schedule);

    /// <summary>Trains to the end of the current epoch.</summary>
    /// <returns>The epoch's record, overwritten by the next.</returns>
    public EpochRecord TrainEpoch()
    {
        while (!TrainStep())
        {
        }

        return Record;
    }

    /// <summary>Trains one step: on the next batch, or on as many as its gradients are gathered from; after an epoch's last one fills <see cref="Record"/>.</summary>
    /// <returns>Whether an epoch has ended.</returns>
    public bool TrainStep()
    {
        float rate = Rate;
        TRule rule = _rule with { LearningRate = rate };
        EpochProgress after = _options.GathersGradients ? StepGathered(rule) : StepPlain(rule);
        if (Session.Progress.Position > 0)
            return false;

        EndEpoch(after.Evaluation, rate);
        return true;
    }

    /// <summary>Saves the run; an existing file is replaced only when the new one is complete.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path)
        => Checkpoint.Save(path, Session, _identity.Value, new RunMemory(_schedule, _stopping, _monitor.Memory) { BestParameters = _best });

    /// <summary>Brings this run to where another one of the same network, seed, rule, schedule and data was saved.</summary>
    /// <remarks>
    /// Training goes on to the same bits. Where the checkpoint lies within an epoch, that epoch's record has no gradients,
    /// updates and dead shares, which would be of the batches behind it alone.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <exception cref="StorageFormatException">The file is damaged or of another run; this one is as it was.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public void Load(string path)
    {
        RunMemory memory = Checkpoint.Load(path, Session, _identity.Value, Fits);
        (_schedule, _stopping) = (memory.Schedule, memory.Stopping);
        _monitor.Memory = memory.Monitor;
        memory.BestParameters.Span.CopyTo(_best);
        Breakdown = null;
    }

    /// <summary>Whether a run on this data, with this schedule, can have come to where a checkpoint says that it is.</summary>
    private bool Fits(EpochProgress progress, RunMemory memory)
        => (progress.Position == 0 || progress.SampleCount == _train.Count)
            && _options.Schedule.Factor(progress.Epoch, memory.Schedule) is >= 0f and <= 1f;

    private EpochProgress StepPlain(in TRule rule)
    {
        EpochProgress before = Session.Progress;
        Evaluation batch = Session.TrainBatch(_train, rule);
        TrainingBreakdown? found = _monitor.AddBatch(batch);
        Breakdown ??= found;
        return before.With(batch);
    }

    private EpochProgress StepGathered(in TRule rule)
    {
        EpochProgress progress;
        int batches = 0;
        do
        {
            progress = Session.Progress;
            Evaluation batch = Session.AccumulateBatch(_train);
            progress = progress.With(batch);

            // The session has not counted the step yet that the batch belongs to.
            if (_monitor.AddBatch(batch) is { } found)
                Breakdown ??= found with { Step = Session.StepCount + 1 };
            batches++;
        }
        while (batches < _options.AccumulatedBatches && Session.Progress.Position > 0);

        Session.StepAccumulated(rule, _options.MaximumNorm);
        return progress;
    }

    private void EndEpoch(in Evaluation epoch, float rate)
    {
        TrainingBreakdown? found = _monitor.EndEpoch(epoch, rate);
        Breakdown ??= found;

        Evaluation judged = epoch;
        if (_options.Validation is { } validation)
        {
            judged = Session.Evaluate(validation);
            (Record.ValidationLoss, Record.ValidationAccuracy) = (judged.Loss, judged.Accuracy);
        }

        _schedule = _options.Schedule.After(_schedule, judged.Loss, judged.Accuracy);
        if (_options.Stopping is { } stopping)
        {
            _stopping = stopping.After(_stopping, judged.Loss);
            if (_stopping.Waited == 0)
                Session.Parameters.CopyTo(_best);
        }
    }
}
