namespace NativeNet.Training.Monitoring;

/// <summary>How one epoch of training went: one row of a <see cref="RunLog"/>.</summary>
/// <remarks>
/// A class that a <see cref="TrainingMonitor"/> makes once and fills again every epoch, so that watching
/// allocates nothing.
/// </remarks>
public sealed class EpochRecord
{
    private readonly LayerRecord[] _layers;

    /// <summary>Creates a record.</summary>
    /// <param name="layerCount">The layers with parameters.</param>
    /// <param name="metric">What the network is judged by beside its loss.</param>
    public EpochRecord(int layerCount, MetricKind metric = MetricKind.Accuracy)
        => (_layers, Metric) = (new LayerRecord[layerCount], metric);

    /// <summary>What the network is judged by beside its loss: accuracies are NaN where it is by its error, and the other way round.</summary>
    public MetricKind Metric { get; }

    /// <summary>The number of the epoch, from 1.</summary>
    public int Epoch { get; set; }

    /// <summary>The steps taken up to its end.</summary>
    public long Step { get; set; }

    /// <summary>The learning rate of its steps.</summary>
    public float Rate { get; set; }

    /// <summary>The mean loss of the training samples, each judged before the update that it led to.</summary>
    public double Loss { get; set; }

    /// <summary>The share of training samples predicted correctly, likewise; from 0 to 1.</summary>
    public double Accuracy { get; set; } = double.NaN;

    /// <summary>The mean absolute error on the training samples, likewise.</summary>
    public double Error { get; set; } = double.NaN;

    /// <summary>The mean loss of held-out samples after the epoch; NaN where there are none.</summary>
    public double ValidationLoss { get; set; } = double.NaN;

    /// <summary>The share of held-out samples predicted correctly after the epoch; NaN where there are none.</summary>
    public double ValidationAccuracy { get; set; } = double.NaN;

    /// <summary>The mean absolute error on held-out samples after the epoch; NaN where there are none.</summary>
    public double ValidationError { get; set; } = double.NaN;

    /// <summary>The layers with parameters, in order.</summary>
    public Span<LayerRecord> Layers => _layers;
}
