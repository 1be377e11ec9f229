using NativeNet.Data;
using NativeNet.Numerics;
using NativeNet.Storage;

namespace NativeNet.Training;

/// <summary>A classifier in training on data sets: epochs in a deterministic order, and evaluation.</summary>
public class ClassifierSession : NetworkSession<int>
{
    private readonly AlignedBuffer<float> _inputs;
    private readonly int[] _labels;
    private readonly int[] _positions;
    private int[] _order = [];
    private int _orderedEpoch = -1;

    /// <inheritdoc/>
    public ClassifierSession(TrainableNetwork<int> network, ulong seed, int threads = 1)
        : base(network, seed, threads)
    {
        _inputs = new AlignedBuffer<float>(network.BatchSize * network.InputLength);
        _labels = new int[network.BatchSize];
        _positions = new int[network.BatchSize];
    }

    /// <summary>The epochs trained to their end.</summary>
    public int EpochCount => Progress.Epoch;

    /// <summary>How far the current epoch is.</summary>
    public EpochProgress Progress { get; private set; }

    /// <summary>Trains on every sample that the current epoch has left, all of them at its beginning.</summary>
    /// <remarks>
    /// The order of the samples is decided by the seed and the epoch's number. Each batch is judged before its update,
    /// so the result is that of the parameters as they moved.
    /// </remarks>
    /// <typeparam name="TRule">The update rule.</typeparam>
    /// <param name="data">Samples of the network's shape.</param>
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
    {
        EpochProgress before;
        Evaluation last;
        do
        {
            before = Progress;
            last = TrainBatch(data, rule);
            progress?.Report(before.With(last).Evaluation);
        }
        while (Progress.Position > 0);

        return before.With(last).Evaluation;
    }

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
    {
        int count = GatherNext(data);
        return EndBatch(data, Step(_inputs.Span[..(count * Network.InputLength)], _labels.AsSpan(0, count), rule), count);
    }

    /// <summary>Gathers the gradients of the next batch of the current epoch for the next <see cref="NetworkSession{TTarget}.StepAccumulated"/>.</summary>
    /// <param name="data">Samples of the network's shape, the same for all batches of an epoch.</param>
    /// <returns>The batch, judged with the present parameters.</returns>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    /// <exception cref="DataFormatException">The epoch's last batch would have fewer samples than the network trains on.</exception>
    /// <exception cref="InvalidOperationException">The epoch began on data of another size.</exception>
    public Evaluation AccumulateBatch(DataSet data)
    {
        int count = GatherNext(data);
        return EndBatch(data, Accumulate(_inputs.Span[..(count * Network.InputLength)], _labels.AsSpan(0, count)), count);
    }

    /// <summary>Measures loss and accuracy; changes nothing but the workspace.</summary>
    /// <param name="data">Samples of the network's shape.</param>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    public Evaluation Evaluate(DataSet data)
    {
        CheckFit(data);

        EpochProgress all = EpochProgress.AtStart(0) with { SampleCount = data.Count };
        while (all.Position < data.Count)
        {
            Span<int> positions = _positions.AsSpan(0, Math.Min(Network.BatchSize, data.Count - all.Position));
            for (int i = 0; i < positions.Length; i++)
                positions[i] = all.Position + i;

            Gather(data, positions);
            float loss = Loss(_inputs.Span[..(positions.Length * Network.InputLength)], _labels.AsSpan(0, positions.Length));
            all = all.With(new Evaluation(loss, CountCorrect(positions.Length), positions.Length));
        }

        return all.Evaluation;
    }

    /// <summary>Continues where another session of this seed stood.</summary>
    internal void RestoreProgress(EpochProgress progress) => Progress = progress;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inputs.Dispose();
        base.Dispose(disposing);
    }

    private void CheckFit(DataSet data)
    {
        if (data.InputLength != Network.InputLength)
            throw new ArgumentException($"The data has {data.InputLength} values a sample; the network takes {Network.InputLength}.", nameof(data));
        if (!data.Fits(Network.InputShape, Network.InputLength))
            throw new ArgumentException($"The data has samples of {data.InputShape}; the network takes {Network.InputShape}.", nameof(data));
        if (data.ClassCount > Network.OutputLength)
            throw new ArgumentException($"The data has {data.ClassCount} classes; the network tells {Network.OutputLength} apart.", nameof(data));
    }

    /// <summary>Refuses an epoch whose last batch no layer could train on, before its first one.</summary>
    private void CheckRest(DataSet data)
    {
        int rest = data.Count % Network.BatchSize;
        if (rest > 0 && rest < Network.LeastSamples)
            throw new DataFormatException($"{data.Count} samples in batches of {Network.BatchSize} leave a batch of {rest}, of which a batchNorm sees one value a channel, its own mean; take a sample more or less, or another batch size");
    }

    /// <summary>Puts the samples into the order of the current epoch, unless they are in it.</summary>
    private void Shuffle(int count)
    {
        if (_orderedEpoch == Progress.Epoch && _order.Length == count)
            return;

        if (_order.Length != count)
            _order = new int[count];
        for (int i = 0; i < count; i++)
            _order[i] = i;

        new Philox(Seed).Shuffle(_order, RandomStreams.Shuffle, (uint)Progress.Epoch);
        _orderedEpoch = Progress.Epoch;
    }

    /// <summary>Gathers the next batch of the current epoch.</summary>
    /// <returns>Its samples.</returns>
    private int GatherNext(DataSet data)
    {
        CheckFit(data);
        CheckRest(data);
        if (Progress.Position > 0 && Progress.SampleCount != data.Count)
            throw new InvalidOperationException($"The epoch began on {Progress.SampleCount} samples; continue with them, not with {data.Count}.");

        Shuffle(data.Count);
        int count = Math.Min(Network.BatchSize, data.Count - Progress.Position);
        Gather(data, _order.AsSpan(Progress.Position, count));
        return count;
    }

    /// <summary>Moves on behind a batch whose scores are in the workspace.</summary>
    private Evaluation EndBatch(DataSet data, float loss, int count)
    {
        var batch = new Evaluation(loss, CountCorrect(count), count);
        EpochProgress next = (Progress with { SampleCount = data.Count }).With(batch);
        Progress = next.Position < data.Count ? next : EpochProgress.AtStart(Progress.Epoch + 1);
        return batch;
    }

    private void Gather(DataSet data, ReadOnlySpan<int> positions)
    {
        data.CopyInputs(positions, _inputs.Span[..(positions.Length * Network.InputLength)]);
        data.CopyLabels(positions, _labels.AsSpan(0, positions.Length));
    }

    /// <summary>Correct predictions among the scores in the workspace; a row with NaN is never correct.</summary>
    private int CountCorrect(int count)
    {
        LayerBuffers scores = Network.Layer(Network.LayerCount - 1);
        int correct = 0;
        for (int b = 0; b < count; b++)
        {
            ReadOnlySpan<float> row = Workspace.Slice(scores.Outputs + (b * scores.Stride), scores.Units);
            if (Classification.ArgMax(row) == _labels[b])
                correct++;
        }

        return correct;
    }
}
