using NativeNet.Description;

namespace NativeNet;

/// <summary>A network that trains, as an object, as far as its targets' type does not matter: what monitors and checkpoints know of it.</summary>
public abstract class TrainableNetwork : PredictingNetwork
{
    private protected TrainableNetwork()
    {
    }

    /// <summary>What training minimises.</summary>
    public abstract LossKind TrainingLoss { get; }

    /// <summary>What the network is judged by beside its loss.</summary>
    public MetricKind Metric => TrainingLoss == LossKind.MeanSquaredError ? MetricKind.MeanAbsoluteError : MetricKind.Accuracy;

    /// <summary>The targets of one sample: a class number for each position of the output, 1 where that is a vector; or OutputLength values.</summary>
    public abstract int TargetLength { get; }

    /// <summary>The classes that a position of the output is told from; 0 where the network gives values.</summary>
    internal int ClassCount => TrainingLoss == LossKind.SoftmaxCrossEntropy ? OutputLength / TargetLength : 0;

    /// <summary>The fewest samples of a gradient or a training step: 2 where a batchNorm would see one value a channel of one sample, else 1.</summary>
    public virtual int LeastSamples => 1;

    /// <summary>
    /// Whether gradients and training steps go on where the last ones stood: the training workspace then keeps the states of
    /// recurrent layers that are stateful, row by row of the batch; one of zeros begins anew.
    /// </summary>
    public virtual bool IsStateful => false;

    /// <summary>The floats of workspace that losses, gradients and training steps need.</summary>
    public abstract int TrainingWorkspaceLength { get; }

    /// <summary>The layers with parameters, which <see cref="Layer"/> counts.</summary>
    public abstract int LayerCount { get; }

    /// <summary>Where the values of a layer with parameters lie in the training workspace after a loss, a gradient or a training step.</summary>
    /// <param name="layer">From 0 to LayerCount − 1, in the order of the file.</param>
    public abstract LayerBuffers Layer(int layer);

    /// <summary>Where the values of the last layer, whose outputs are the scores, lie in the same workspace.</summary>
    public abstract LayerBuffers Scores { get; }

    /// <summary>
    /// Moves the running averages towards those of the batch that a call of Gradients last saw, as
    /// a training step does by itself; does nothing for a network without batchNorm.
    /// </summary>
    /// <param name="parameters">(ParametersLength), whose averages are updated.</param>
    /// <param name="workspace">As Gradients left it.</param>
    public abstract void UpdateRunningAverages(Span<float> parameters, ReadOnlySpan<float> workspace);
}
