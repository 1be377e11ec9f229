using NativeNet.Data;
using NativeNet.Numerics;
using NativeNet.Storage;

namespace NativeNet.Training;

/// <summary>A classifier in training on data sets: epochs in a deterministic order, and evaluation.</summary>
/// <typeparam name="TNetwork">The generated network, trained on class numbers.</typeparam>
public sealed class TrainingSession<TNetwork> : TrainingSession<TNetwork, int>
    where TNetwork : struct, INetwork<int>
{
    private readonly AlignedBuffer<float> _inputs = new(TNetwork.BatchSize * TNetwork.InputLength);
    private readonly int[] _labels = new int[TNetwork.BatchSize];
    private int[] _order = [];

    /// <summary>Starts from fresh parameters.</summary>
    /// <param name="seed">Decides the first weights and the order of the samples.</param>
    /// <param name="threads">How many threads share each step; more than one gains from some 100 µs a step on.</param>
    public TrainingSession(ulong seed, int threads = 1)
        : base(seed, threads)
    {
    }

    /// <summary>The epochs trained.</summary>
    public int EpochCount { get; private set; }

    /// <summary>Trains on every sample once, in an order that the seed and the epoch's number decide.</summary>
    /// <remarks>Each batch is judged before its update, so the result is that of the parameters as they moved.</remarks>
    /// <typeparam name="TRule">The update rule.</typeparam>
    /// <param name="data">Samples of the network's shape.</param>
    /// <param name="rule">The rule with its rates.</param>
    /// <param name="progress">
    /// Told after every step, on this thread, how the epoch goes so far; null for nobody. An exception that it throws
    /// ends the epoch, which then does not count, between two steps, which do.
    /// </param>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    public Evaluation TrainEpoch<TRule>(DataSet data, in TRule rule, IProgress<Evaluation>? progress = null)
        where TRule : struct, IUpdateRule<TRule>
    {
        CheckFit(data);
        ResetOrder(data.Count);
        new Philox(Seed).Shuffle(_order, RandomStreams.Shuffle, (uint)EpochCount);

        double loss = 0;
        int correct = 0;
        for (int start = 0; start < data.Count; start += TNetwork.BatchSize)
        {
            int count = Gather(data, start);
            float batchLoss = Step(_inputs.Span[..(count * TNetwork.InputLength)], _labels.AsSpan(0, count), rule);
            loss += (double)batchLoss * count;
            correct += CountCorrect(count);
            progress?.Report(new Evaluation(loss / (start + count), correct, start + count));
        }

        EpochCount++;
        return new Evaluation(loss / data.Count, correct, data.Count);
    }

    /// <summary>Measures loss and accuracy; changes nothing but the workspace.</summary>
    /// <param name="data">Samples of the network's shape.</param>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    public Evaluation Evaluate(DataSet data)
    {
        CheckFit(data);
        ResetOrder(data.Count);

        double loss = 0;
        int correct = 0;
        for (int start = 0; start < data.Count; start += TNetwork.BatchSize)
        {
            int count = Gather(data, start);
            float batchLoss = Loss(_inputs.Span[..(count * TNetwork.InputLength)], _labels.AsSpan(0, count));
            loss += (double)batchLoss * count;
            correct += CountCorrect(count);
        }

        return new Evaluation(loss / data.Count, correct, data.Count);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inputs.Dispose();
        base.Dispose(disposing);
    }

    private static void CheckFit(DataSet data)
    {
        if (data.InputLength != TNetwork.InputLength)
            throw new ArgumentException($"The data has {data.InputLength} values a sample; the network takes {TNetwork.InputLength}.", nameof(data));
        if (data.ClassCount > TNetwork.OutputLength)
            throw new ArgumentException($"The data has {data.ClassCount} classes; the network tells {TNetwork.OutputLength} apart.", nameof(data));
    }

    private void ResetOrder(int count)
    {
        if (_order.Length != count)
            _order = new int[count];
        for (int i = 0; i < count; i++)
            _order[i] = i;
    }

    private int Gather(DataSet data, int start)
    {
        int count = Math.Min(TNetwork.BatchSize, data.Count - start);
        ReadOnlySpan<int> indices = _order.AsSpan(start, count);
        data.CopyInputs(indices, _inputs.Span[..(count * TNetwork.InputLength)]);
        data.CopyLabels(indices, _labels.AsSpan(0, count));
        return count;
    }

    /// <summary>Correct predictions among the scores in the workspace; a row with NaN is never correct.</summary>
    private int CountCorrect(int count)
    {
        LayerBuffers scores = TNetwork.Layer(TNetwork.LayerCount - 1);
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
