using NativeNet.Data;
using NativeNet.Description;
using NativeNet.Tensors;

namespace NativeNet.Training.Monitoring;

/// <summary>Watches a session train: fills an <see cref="EpochRecord"/> and notices breakdown, without allocating.</summary>
/// <remarks>
/// A batch costs one pass over the activations in the workspace, an epoch four over the parameters. All sums have an
/// order that is a function of the shapes alone, so records are the same bits on every machine. Of an epoch that was not
/// watched from its beginning the record has no gradients, updates and dead shares: they are NaN.
/// </remarks>
public sealed class TrainingMonitor
{
    private readonly NetworkSession _session;
    private readonly LayerWatch[] _layers;
    private readonly LayerBuffers _scores;
    private readonly double[] _startWeights;
    private readonly float[] _before;
    private readonly PredictionWatch _predictions;

    /// <summary>Whether batches of the epoch went by unwatched: sums over the others would not be the epoch's.</summary>
    private bool _isPartial;

    /// <summary>Begins to watch; the present weights are those that later ones are relative to.</summary>
    /// <param name="session">The session to watch, at any point of an epoch.</param>
    /// <param name="train">The samples that it learns from: without them a network that gives values is never said to have exploded or collapsed.</param>
    public TrainingMonitor(NetworkSession session, DataSet? train = null)
    {
        TrainableNetwork network = session.Untyped;
        _session = session;
        _before = new float[network.ParametersLength];
        _predictions = new PredictionWatch(network, train, session.ClassWeights.AsSpan());
        _scores = network.Scores;

        _layers = new LayerWatch[network.LayerCount];
        for (int i = 0; i < _layers.Length; i++)
        {
            LayerBuffers buffers = network.Layer(i);
            _layers[i] = new LayerWatch(buffers, Weights(network.Tensors, buffers.Index));
        }

        _startWeights = [.. _layers.Select(layer => layer.MeanWeight(session.Parameters))];
        Record = new EpochRecord(_layers.Length, session.Untyped.Metric);
        BeginEpoch();
        _isPartial = session.Progress.Position > 0;
    }

    /// <summary>The epoch that <see cref="EndEpoch"/> was last told of; overwritten by the next.</summary>
    public EpochRecord Record { get; }

    /// <summary>The positions of the watched layers in the network's file.</summary>
    public IReadOnlyList<int> Layers => [.. _layers.Select(static layer => layer.Index)];

    /// <summary>Whether the last epoch's predictions were collapsed.</summary>
    internal bool IsCollapsing => _predictions.Memory.CollapsedEpochs > 0;

    /// <summary>The mean |w| of every layer at the start of training, and how long predictions have been collapsed.</summary>
    internal MonitorMemory Memory
    {
        get => new([.. _startWeights], _predictions.Memory);
        set
        {
            value.StartWeights.CopyTo(_startWeights);
            _predictions.Memory = value.Predictions;
            BeginEpoch();
            _isPartial = _session.Progress.Position > 0;
        }
    }

    /// <summary>Takes in a batch, right after <see cref="NetworkSession{TTarget}.TrainBatch"/>.</summary>
    /// <param name="batch">What that call returned.</param>
    /// <returns>The breakdown that the batch shows, or null.</returns>
    public TrainingBreakdown? AddBatch(in Evaluation batch)
    {
        ReadOnlySpan<float> workspace = _session.Workspace;
        if (!double.IsFinite(batch.Loss))
            return FindNonFinite(workspace, batch);

        (int First, int End) rows = _session.RowsOf(batch.Count);
        foreach (LayerWatch layer in _layers)
            layer.Add(workspace, rows, batch.Count, _session.RowSharers);
        _predictions.Add(workspace, _scores, batch.Count);

        return batch.Loss > _predictions.MostLoss
            ? Broken(BreakdownKind.ExplodedLoss, batch.Loss)
            : null;
    }

    /// <summary>Fills <see cref="Record"/> after an epoch's last batch and begins the next.</summary>
    /// <param name="epoch">The epoch's result.</param>
    /// <param name="rate">The learning rate of its steps.</param>
    /// <returns>The breakdown that the epoch shows, or null.</returns>
    public TrainingBreakdown? EndEpoch(in Evaluation epoch, float rate)
    {
        (Record.Epoch, Record.Step, Record.Rate) = (_session.EpochCount, _session.StepCount, rate);
        (Record.Loss, Record.Accuracy, Record.Error) = (epoch.Loss, epoch.Accuracy, epoch.MeanAbsoluteError);

        TrainingBreakdown? breakdown = null;
        for (int i = 0; i < _layers.Length; i++)
        {
            LayerWatch layer = _layers[i];
            if (_session.Processes is { } processes)
                layer.Share(processes);
            double weights = layer.MeanWeight(_session.Parameters);
            Record.Layers[i] = _isPartial
                ? new LayerRecord(layer.Index, Growth(i, weights), double.NaN, double.NaN, double.NaN)
                : new LayerRecord(
                    layer.Index, Growth(i, weights), layer.Gradients,
                    layer.MeanUpdate(_session.Parameters, _before), layer.DeadShare);

            if (breakdown is null && !double.IsFinite(weights))
                breakdown = Broken(BreakdownKind.NonFiniteLayer, epoch.Loss, layer.Index);
            if (breakdown is null && !_isPartial && layer is { IsRelu: true, DeadShare: 1 })
                breakdown = Broken(BreakdownKind.DeadLayer, epoch.Loss, layer.Index);
        }

        // Of every tensor, biases and running averages too: the last step's update has no later loss to show in.
        if (breakdown is null && FirstNonFinite() is { } tensor)
            breakdown = Broken(BreakdownKind.NonFiniteLayer, epoch.Loss, tensor.Layer);
        if (_predictions.EndEpoch(epoch.Loss))
            breakdown ??= Broken(_predictions.HasClasses ? BreakdownKind.CollapsedPrediction : BreakdownKind.CollapsedValues, epoch.Loss);

        BeginEpoch();
        _isPartial = false;
        return breakdown;
    }

    /// <summary>The first tensor of a layer that is trained: its weights, or its biases where they learn alone.</summary>
    private static TensorSlot Weights(TensorTable table, int layer)
        => table.Slots.First(slot => slot.Layer == layer && slot.IsTrained);

    /// <summary>A mean magnitude relative to that at the start; NaN where that was 0, as first biases are.</summary>
    private double Growth(int layer, double weights) => _startWeights[layer] == 0 ? double.NaN : weights / _startWeights[layer];

    private TensorSlot? FirstNonFinite()
    {
        EquatableArray<TensorSlot> slots = _session.Untyped.Tensors.Slots;
        for (int i = 0; i < slots.Count; i++)
        {
            foreach (float value in _session.Parameters.Slice(slots[i].Offset, slots[i].Matrix.Length))
            {
                if (!float.IsFinite(value))
                    return slots[i];
            }
        }

        return null;
    }

    private void BeginEpoch()
    {
        _session.Parameters.CopyTo(_before);
        foreach (LayerWatch layer in _layers)
            layer.Reset();
    }

    private TrainingBreakdown FindNonFinite(ReadOnlySpan<float> workspace, in Evaluation batch)
    {
        (int First, int End) rows = _session.RowsOf(batch.Count);
        foreach (LayerWatch layer in _layers)
        {
            bool isBroken = !layer.IsFinite(workspace, rows);
            if (_session.RowSharers?.Any(isBroken) ?? isBroken)
                return Broken(BreakdownKind.NonFiniteLayer, batch.Loss, layer.Index);
        }

        return Broken(BreakdownKind.NonFiniteLoss, batch.Loss);
    }

    private TrainingBreakdown Broken(BreakdownKind kind, double loss, int layer = -1)
    {
        // The session counts an epoch as soon as its last batch is done.
        int epoch = _session.EpochCount + (_session.Progress.Position > 0 ? 1 : 0);
        return new TrainingBreakdown(kind, epoch, _session.StepCount, layer, loss);
    }
}
