using NativeNet.Data;
using NativeNet.Storage;
using NativeNet.Training.Monitoring;
using NativeNet.Training.Schedules;

namespace NativeNet.Training;

/// <summary>A session trained by the book: a rate by schedule, a record of every epoch, early stopping, checkpoints.</summary>
/// <remarks>
/// What happens is decided by the network, the seed and the class weights of the session, and what the run is created with; saved and loaded
/// at any step, it goes on to the same bits. After the first epoch, training allocates nothing. <see
/// cref="NetworkRun{TTarget, TRule}"/> makes one.
/// </remarks>
public abstract class NetworkRun
{
    private readonly TrainingMonitor _monitor;
    private readonly Lazy<RunIdentity> _identity;
    private ScheduleState _schedule = ScheduleState.Start;
    private EarlyStoppingState _stopping = EarlyStoppingState.Start;

    /// <summary>(ParametersLength), the parameters of the epoch with the lowest held-out loss; those at the start before the first.</summary>
    private readonly float[] _best = [];

    private protected NetworkRun(NetworkSession session, DataSet train, TrainingRunOptions options, Func<RunIdentity> identity)
    {
        if (options is { Stopping: not null, Validation: null })
            throw new ArgumentException("Early stopping needs held-out samples; give the run validation data.", nameof(options));
        if (options.Schedule.NeedsAccuracy && session.Untyped.Metric != MetricKind.Accuracy)
            throw new ArgumentException("The schedule follows accuracy, which a network that gives values does not have.", nameof(options));

        CheckTargets(train);
        Untyped = session;
        Train = train;
        Options = options;
        _monitor = new TrainingMonitor(session, train);
        _identity = new Lazy<RunIdentity>(identity);
        if (options.Stopping is not null)
            _best = session.Parameters.ToArray();
    }

    /// <summary>The epoch that ended last; overwritten by the next.</summary>
    public EpochRecord Record => _monitor.Record;

    /// <summary>The positions of the layers that <see cref="Record"/> tells of, for <see cref="RunLog.Create"/>.</summary>
    public IReadOnlyList<int> Layers => _monitor.Layers;

    /// <summary>The first breakdown, if there was one; the run can go on all the same.</summary>
    public TrainingBreakdown? Breakdown { get; private set; }

    /// <summary>Whether the last epoch did no better than guessing after learning; a breakdown when that goes on.</summary>
    public bool IsCollapsing => _monitor.IsCollapsing;

    /// <summary>Whether early stopping has decided that the run is over.</summary>
    public bool IsStopped => Options.Stopping is { } stopping && stopping.IsOver(_stopping);

    /// <summary>The parameters to keep: with early stopping those of <see cref="KeptEpoch"/>, otherwise the present ones.</summary>
    public ReadOnlySpan<float> KeptParameters => Options.Stopping is null ? Untyped.Parameters : _best;

    /// <summary>With early stopping the epoch after which the held-out loss was lowest, from 1, or 0 for none; otherwise the last one.</summary>
    public int KeptEpoch => Untyped.EpochCount - _stopping.Waited;

    /// <summary>The session.</summary>
    internal NetworkSession Untyped { get; }

    private protected DataSet Train { get; }

    private protected TrainingRunOptions Options { get; }

    /// <summary>The schedule's factor on the rate of the current epoch.</summary>
    private protected float RateFactor => Options.Schedule.Factor(Untyped.EpochCount, _schedule);

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
    public abstract bool TrainStep();

    /// <summary>Saves the run; an existing file is replaced only when the new one is complete. Of several processes all call it, and the first writes.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path)
        => Checkpoint.Save(path, Untyped, _identity.Value, new RunMemory(_schedule, _stopping, _monitor.Memory) { BestParameters = _best });

    /// <summary>Brings this run to where another one of the same network, seed, class weights, rule, schedule and data was saved.</summary>
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
        RunMemory memory = Checkpoint.Load(path, Untyped, _identity.Value, Fits);
        (_schedule, _stopping) = (memory.Schedule, memory.Stopping);
        _monitor.Memory = memory.Monitor;
        memory.BestParameters.Span.CopyTo(_best);
        Breakdown = null;
    }

    /// <summary>Takes in a batch, right after it.</summary>
    /// <param name="batch">How it went.</param>
    /// <param name="step">The step that it belongs to; null for the session's last.</param>
    private protected void AddBatch(in Evaluation batch, long? step = null)
    {
        if (_monitor.AddBatch(batch) is { } found)
            Breakdown ??= found with { Step = step ?? found.Step };
    }

    private protected void EndEpoch(in Evaluation epoch, float rate)
    {
        TrainingBreakdown? found = _monitor.EndEpoch(epoch, rate);
        Breakdown ??= found;

        Evaluation judged = epoch;
        if (Options.Validation is { } validation)
        {
            judged = Untyped.EvaluateTogether(validation);
            (Record.ValidationLoss, Record.ValidationAccuracy, Record.ValidationError) = (judged.Loss, judged.Accuracy, judged.MeanAbsoluteError);
        }

        _schedule = Options.Schedule.After(_schedule, judged.Loss, judged.Accuracy);
        if (Options.Stopping is { } stopping)
        {
            _stopping = stopping.After(_stopping, judged.Loss);
            if (_stopping.Waited == 0)
                Untyped.Parameters.CopyTo(_best);
        }
    }

    private static void CheckTargets(DataSet train)
    {
        if (train.Labels.Length > 0 && !train.Labels.ContainsAnyExcept(train.Labels[0]))
            throw new ArgumentException($"Every label of the training data is {train.Labels[0]}; a classifier learns from two classes or more.", nameof(train));
        if (train.Labels.Length == 0 && train.Count > 1 && train.TargetVariation == 0)
            throw new ArgumentException("Every sample of the training data has the same targets; there is nothing to learn.", nameof(train));
    }

    /// <summary>Whether a run on this data, with this schedule, can have come to where a checkpoint says that it is.</summary>
    private bool Fits(EpochProgress progress, RunMemory memory)
        => (progress.Position == 0 || progress.SampleCount == Train.Count)
            && Options.Schedule.Factor(progress.Epoch, memory.Schedule) is >= 0f and <= 1f;
}
