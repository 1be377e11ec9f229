using System.Runtime.InteropServices;
using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Training;

/// <summary>Room for a batch of a data set's samples, and what their scores are worth.</summary>
/// <typeparam name="TTarget">The type of the targets.</typeparam>
/// <param name="network">The network that the samples are for.</param>
internal sealed class Batch<TTarget>(TrainableNetwork<TTarget> network) : IDisposable, IRowSource
    where TTarget : unmanaged
{
    private readonly AlignedBuffer<float> _inputs = new(network.BatchSize * network.InputLength);
    private readonly TTarget[] _targets = new TTarget[network.BatchSize * network.TargetLength];
    private readonly int[] _positions = new int[network.BatchSize];
    private readonly float[] _scores = new float[network.OutputLength];
    private DataSet? _data;

    /// <summary>The samples gathered last.</summary>
    public int Count { get; private set; }

    /// <summary>(Count, InputLength).</summary>
    public ReadOnlySpan<float> Inputs => _inputs.Span[..(Count * network.InputLength)];

    /// <summary>(Count, TargetLength).</summary>
    public ReadOnlySpan<TTarget> Targets => _targets.AsSpan(0, Count * network.TargetLength);

    /// <summary>Refuses data that the network cannot learn.</summary>
    /// <param name="data">The data.</param>
    /// <exception cref="ArgumentException">Its samples or targets are not the network's.</exception>
    public void CheckFit(DataSet data)
    {
        if (data.InputLength != network.InputLength)
            throw new ArgumentException($"The data has {data.InputLength} values a sample; the network takes {network.InputLength}.", nameof(data));
        if (!data.Fits(network.InputShape, network.InputLength))
            throw new ArgumentException($"The data has samples of {data.InputShape}; the network takes {network.InputShape}.", nameof(data));
        if (typeof(TTarget) == typeof(int) != data.ClassCount > 0)
            throw new ArgumentException(data.ClassCount > 0
                ? "The data has classes; the network learns values."
                : "The data has values to learn; the network tells classes apart.", nameof(data));
        if (data.TargetLength != network.TargetLength)
            throw new ArgumentException($"The data has {data.TargetLength} targets a sample; the network has {network.TargetLength}.", nameof(data));
        if (data.ClassCount > network.OutputLength / network.TargetLength)
            throw new ArgumentException($"The data has {data.ClassCount} classes; the network tells {network.OutputLength / network.TargetLength} apart.", nameof(data));
    }

    /// <summary>Gathers the targets of samples alone; the inputs are to follow by <see cref="GatherInputs"/>.</summary>
    /// <param name="data">Data that fits.</param>
    /// <param name="positions">At most BatchSize positions.</param>
    public void Choose(DataSet data, ReadOnlySpan<int> positions)
    {
        (_data, Count) = (data, positions.Length);
        positions.CopyTo(_positions);
        Span<TTarget> targets = _targets.AsSpan(0, Count * network.TargetLength);
        if (typeof(TTarget) == typeof(int))
            data.CopyLabels(positions, MemoryMarshal.Cast<TTarget, int>(targets));
        else
            data.CopyTargets(positions, MemoryMarshal.Cast<TTarget, float>(targets));
    }

    /// <inheritdoc/>
    public void GatherInputs(int first, int count)
        => _data!.CopyInputs(_positions.AsSpan(first, count), _inputs.Span.Slice(first * network.InputLength, count * network.InputLength));

    /// <summary>Gathers samples in the order of the data.</summary>
    /// <param name="data">Data that fits.</param>
    /// <param name="first">The first of them; as many follow as there are and the batch takes.</param>
    public void GatherFrom(DataSet data, int first)
    {
        Span<int> positions = _positions.AsSpan(0, Math.Min(network.BatchSize, data.Count - first));
        for (int i = 0; i < positions.Length; i++)
            positions[i] = first + i;
        Choose(data, positions);
        GatherInputs(0, Count);
    }

    /// <summary>Judges the samples gathered last.</summary>
    /// <param name="loss">Their mean loss.</param>
    /// <param name="workspace">The workspace, which holds their scores.</param>
    public Evaluation Judge(float loss, ReadOnlySpan<float> workspace)
    {
        double sum = 0;
        for (int b = 0; b < Count; b++)
        {
            ReadOnlySpan<float> row = ScoresOf(b, workspace);
            ReadOnlySpan<TTarget> targets = _targets.AsSpan(b * network.TargetLength, network.TargetLength);
            sum += network.TrainingLoss switch
            {
                LossKind.SoftmaxCrossEntropy => CorrectShare(row, MemoryMarshal.Cast<TTarget, int>(targets)),
                LossKind.BinaryCrossEntropy => CorrectShare(row, MemoryMarshal.Cast<TTarget, float>(targets)),
                _ => MeanError(row, MemoryMarshal.Cast<TTarget, float>(targets)),
            };
        }

        return network.Metric == MetricKind.MeanAbsoluteError
            ? new Evaluation(loss, double.NaN, Count) { MeanAbsoluteError = sum / Count }
            : new Evaluation(loss, sum, Count);
    }

    /// <inheritdoc/>
    public void Dispose() => _inputs.Dispose();

    /// <summary>The scores of a sample, one behind the other.</summary>
    private ReadOnlySpan<float> ScoresOf(int sample, ReadOnlySpan<float> workspace)
    {
        LayerBuffers scores = network.Scores;
        int lane = sample % scores.Block;
        ReadOnlySpan<float> values = workspace[(scores.Outputs + ((sample - lane) * scores.Stride) + lane)..];
        if (scores.Block == 1)
            return values[..scores.Units];

        for (int i = 0; i < _scores.Length; i++)
            _scores[i] = values[i * scores.Block];
        return _scores;
    }

    /// <summary>The share of labels whose score is the greatest of its class scores; a row with NaN is never correct.</summary>
    private static double CorrectShare(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels)
    {
        int classes = scores.Length / labels.Length, correct = 0;
        for (int i = 0; i < labels.Length; i++)
            correct += Classification.ArgMax(scores.Slice(i * classes, classes)) == labels[i] ? 1 : 0;
        return (double)correct / labels.Length;
    }

    /// <summary>The share of scores that are above 0, where their sigmoid is above ½, as their targets are; NaN is never right.</summary>
    private static double CorrectShare(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets)
    {
        int correct = 0;
        for (int i = 0; i < targets.Length; i++)
            correct += (targets[i] > 0.5f ? scores[i] > 0f : scores[i] <= 0f) ? 1 : 0;
        return (double)correct / targets.Length;
    }

    private static double MeanError(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
            sum += Math.Abs((double)scores[i] - targets[i]);
        return sum / targets.Length;
    }
}
