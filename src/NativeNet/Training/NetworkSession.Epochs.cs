using NativeNet.Data;
using NativeNet.Kernels;
using NativeNet.Numerics;

namespace NativeNet.Training;

/// <content>Training on data sets: epochs in a deterministic order.</content>
public partial class NetworkSession<TTarget>
{
    private Batch<TTarget>? _batch;
    private int[] _order = [];
    private int _orderedEpoch = -1;

    /// <summary>Made by the first that needs it: who steps with batches of their own does without.</summary>
    private Batch<TTarget> Samples => _batch ??= new Batch<TTarget>(Network);

    /// <summary>Trains on every sample that the current epoch has left, all of them at its beginning.</summary>
    /// <remarks>
    /// The order of the samples is decided by the seed and the epoch's number. A stateful network takes them as one signal: rows
    /// of batches walk over stretches of it, one behind the other, and begin from states of zeros. Each batch is judged before its update,
    /// so the result is that of the parameters as they moved. Before a session's first batch, normalization layers take
    /// the means and deviations of the data, unless weights with others were loaded.
    /// </remarks>
    /// <typeparam name="TRule">The update rule.</typeparam>
    /// <param name="data">Samples of the network's shape, with targets of its kind.</param>
    /// <param name="rule">The rule with its rates.</param>
    /// <param name="progress">
    /// Told after every step, on this thread, how the epoch goes so far; null for nobody. An exception that it throws
    /// ends the epoch between two steps; the next call continues it.
    /// </param>
    /// <returns>The whole epoch, batches of earlier calls included.</returns>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    /// <exception cref="DataFormatException">The epoch's last batch would have fewer samples than the network trains on.</exception>
    /// <exception cref="InvalidOperationException">The epoch began on data of another size.</exception>
    public Evaluation TrainEpoch<TRule>(DataSet data, in TRule rule, IProgress<Evaluation>? progress = null)
        where TRule : struct, IUpdateRule<TRule>
        => TrainEpochBy(Network, data, rule, progress);

    /// <summary>Trains on the next batch of the current epoch; the last one, which may be smaller, ends it.</summary>
    /// <typeparam name="TRule">The update rule.</typeparam>
    /// <param name="data">Samples of the network's shape, the same for all batches of an epoch.</param>
    /// <param name="rule">The rule with its rates.</param>
    /// <returns>The batch, judged before its update.</returns>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    /// <exception cref="DataFormatException">The epoch's last batch would have fewer samples than the network trains on.</exception>
    /// <exception cref="InvalidOperationException">The epoch began on data of another size.</exception>
    public Evaluation TrainBatch<TRule>(DataSet data, in TRule rule)
        where TRule : struct, IUpdateRule<TRule>
        => TrainBatchBy(Network, data, rule);

    /// <summary>Gathers the gradients of the next batch of the current epoch for the next <see cref="StepAccumulated"/>.</summary>
    /// <param name="data">Samples of the network's shape, the same for all batches of an epoch.</param>
    /// <returns>The batch, judged with the present parameters.</returns>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    /// <exception cref="DataFormatException">The epoch's last batch would have fewer samples than the network trains on.</exception>
    /// <exception cref="InvalidOperationException">The epoch began on data of another size.</exception>
    public Evaluation AccumulateBatch(DataSet data)
    {
        ChooseNext(data);
        Samples.GatherInputs(0, Samples.Count);
        return EndBatch(data, Accumulate(Samples.Inputs, Samples.Targets));
    }

    private protected Evaluation TrainEpochBy<TPhases, TRule>(TPhases phases, DataSet data, in TRule rule, IProgress<Evaluation>? progress)
        where TPhases : ITrainingPhases<TTarget>
        where TRule : struct, IUpdateRule<TRule>
    {
        EpochProgress before;
        Evaluation last;
        do
        {
            before = Progress;
            last = TrainBatchBy(phases, data, rule);
            progress?.Report(before.With(last).Evaluation);
        }
        while (Progress.Position > 0);

        return before.With(last).Evaluation;
    }

    private protected Evaluation TrainBatchBy<TPhases, TRule>(TPhases phases, DataSet data, in TRule rule)
        where TPhases : ITrainingPhases<TTarget>
        where TRule : struct, IUpdateRule<TRule>
    {
        ChooseNext(data);
        if (_team is not { Processes: null } team)
        {
            Samples.GatherInputs(0, Samples.Count);
            return EndBatch(data, StepBy(phases, Samples.Inputs, Samples.Targets, rule));
        }

        team.Rows = Samples;
        try
        {
            return EndBatch(data, StepBy(phases, Samples.Inputs, Samples.Targets, rule));
        }
        finally
        {
            team.Rows = null;
        }
    }

    /// <summary>Refuses an epoch whose last batch no layer could train on, before its first one.</summary>
    private void CheckRest(DataSet data)
    {
        int rest = data.Count % Network.BatchSize;
        if (rest > 0 && rest < Network.LeastSamples)
            throw new DataFormatException($"{data.Count} samples in batches of {Network.BatchSize} leave a batch of {rest}, of which a batchNorm sees one value a channel, its own mean; take a sample more or less, or another batch size");
    }

    /// <summary>Puts the samples into the order of the current epoch, unless they are in it.</summary>
    private void Order(int count)
    {
        if (_orderedEpoch == Progress.Epoch && _order.Length == count)
            return;

        if (_order.Length != count)
            _order = new int[count];
        int rows = Network.IsStateful ? Math.Min(Network.BatchSize, count) : 1, each = count / rows, longer = count % rows;
        for (int i = 0; i < count; i++)
        {
            // The first stretches have a sample more: those are the rows of a last, smaller batch.
            (int step, int row) = Math.DivRem(i, rows);
            _order[i] = (row * each) + Math.Min(row, longer) + step;
        }

        if (!Network.IsStateful)
            new Philox(Seed).Shuffle(_order, RandomStreams.Shuffle, (uint)Progress.Epoch);
        _orderedEpoch = Progress.Epoch;
    }

    /// <summary>Chooses the next batch of the current epoch, whose inputs are to be gathered.</summary>
    private void ChooseNext(DataSet data)
    {
        Samples.CheckFit(data);
        CheckRest(data);
        if (Progress.Position > 0 && Progress.SampleCount != data.Count)
            throw new InvalidOperationException($"The epoch began on {Progress.SampleCount} samples; continue with them, not with {data.Count}.");

        if (StepCount == 0 && Progress == default)
            InputStatistics.Fit(Network.Tensors, Parameters, data);

        if (Progress.Position == 0)
            ResetStates();
        Order(data.Count);
        Samples.Choose(data, _order.AsSpan(Progress.Position, Math.Min(Network.BatchSize, data.Count - Progress.Position)));
    }

    /// <summary>Moves on behind a batch whose scores are in the workspace.</summary>
    private Evaluation EndBatch(DataSet data, float loss)
    {
        Evaluation batch = Samples.Judge(loss, Workspace);
        EpochProgress next = (Progress with { SampleCount = data.Count }).With(batch);
        Progress = next.Position < data.Count ? next : EpochProgress.AtStart(Progress.Epoch + 1);
        return batch;
    }
}
