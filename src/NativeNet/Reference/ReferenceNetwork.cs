using System.Numerics;
using NativeNet.Description;
using NativeNet.Numerics;

namespace NativeNet.Reference;

/// <summary>
/// Interprets any network, one scalar at a time, exactly as the numeric contract says: what generated code must equal bit
/// for bit. Made to be read; nothing here is fast.
/// </summary>
/// <remarks>
/// Parameters are row-major tensors one after the other, layer by layer, in the order of <see cref="LayerSpec.Parameters"/>: for
/// a dense layer weights (units, inputs), then biases (units). In float it is the contract; in double it is what central
/// differences are checked against.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ReferenceNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<ReferenceLayer<T>> _layers = [];

    /// <summary>The states of stateful layers behind the last backpropagation, and those that it began from.</summary>
    private Dictionary<(int Layer, int Row), T[]> _states = [], _statesBefore = [];

    /// <summary>Builds the layers of <paramref name="spec"/>.</summary>
    /// <param name="spec">A checked network.</param>
    public ReferenceNetwork(NetworkSpec spec)
    {
        Spec = spec;
        foreach (LayerSpec layer in spec.Layers)
        {
            if (!layer.IsView)
                _layers.Add(ReferenceTable<T>.Create(layer, ParameterCount));
            ParameterCount += layer.Parameters.Sum(static parameter => parameter.Count);
        }
    }

    /// <summary>The network.</summary>
    public NetworkSpec Spec { get; }

    /// <summary>The number of parameters.</summary>
    public int ParameterCount { get; }

    /// <summary>The scores of a batch of any size.</summary>
    /// <param name="parameters">(ParameterCount), row-major.</param>
    /// <param name="inputs">(count, input length), row-major.</param>
    /// <returns>(count, outputs), row-major.</returns>
    public T[] Predict(ReadOnlySpan<T> parameters, ReadOnlySpan<T> inputs)
        => Forward(parameters, inputs, draw: null).Output(Spec.Layers.Count - 1);

    /// <summary>The mean softmax cross-entropy of a batch, as <see cref="Predict"/> scores it.</summary>
    /// <param name="parameters">(ParameterCount), row-major.</param>
    /// <param name="inputs">(count, input length), row-major.</param>
    /// <param name="labels">(count, positions), class numbers.</param>
    /// <exception cref="InvalidOperationException">The network has no such loss.</exception>
    public T Loss(ReadOnlySpan<T> parameters, ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels)
        => Measure(parameters, inputs, LossOf(labels));

    /// <summary>The mean loss of a batch with targets of values, as <see cref="Predict"/> scores it.</summary>
    /// <param name="parameters">(ParameterCount), row-major.</param>
    /// <param name="inputs">(count, input length), row-major.</param>
    /// <param name="targets">(count, outputs), row-major.</param>
    /// <exception cref="InvalidOperationException">The network has no such loss.</exception>
    public T Loss(ReadOnlySpan<T> parameters, ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets)
        => Measure(parameters, inputs, LossOf(targets));

    /// <summary>The mean softmax cross-entropy of a batch in training and its gradient with respect to every parameter.</summary>
    /// <param name="parameters">(ParameterCount), row-major.</param>
    /// <param name="inputs">(count, input length), row-major.</param>
    /// <param name="labels">(count, positions), class numbers.</param>
    /// <param name="draw">What decides the random numbers of dropout.</param>
    /// <param name="classWeights">One factor a class on the loss of its samples; empty for 1.</param>
    /// <returns>The loss, and the gradients in the order of the parameters.</returns>
    /// <exception cref="InvalidOperationException">The network has no such loss.</exception>
    public (T Loss, T[] Gradients) Backpropagate(
        ReadOnlySpan<T> parameters, ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels, TrainingDraw draw = default, ReadOnlySpan<T> classWeights = default)
        => Backpropagate(parameters, inputs, LossOf(labels, classWeights), draw);

    /// <summary>The mean loss of a batch with targets of values in training, and its gradient with respect to every parameter.</summary>
    /// <param name="parameters">(ParameterCount), row-major.</param>
    /// <param name="inputs">(count, input length), row-major.</param>
    /// <param name="targets">(count, outputs), row-major.</param>
    /// <param name="draw">What decides the random numbers of dropout.</param>
    /// <returns>The loss, and the gradients in the order of the parameters.</returns>
    /// <exception cref="InvalidOperationException">The network has no such loss.</exception>
    public (T Loss, T[] Gradients) Backpropagate(
        ReadOnlySpan<T> parameters, ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, TrainingDraw draw = default)
        => Backpropagate(parameters, inputs, LossOf(targets), draw);

    /// <summary>Has the next backpropagation begin from states of zeros; each goes on where the last one stood, in layers that are stateful.</summary>
    public void ResetStates() => (_states, _statesBefore) = ([], []);

    /// <summary>Moves the running averages towards those of a batch: what a training step does besides its update. Stateful layers begin where the last backpropagation did.</summary>
    /// <param name="parameters">(ParameterCount), row-major, as they are before the update; the averages are updated.</param>
    /// <param name="inputs">(count, input length), row-major.</param>
    /// <param name="draw">What decides the random numbers of dropout.</param>
    public void UpdateRunningAverages(Span<T> parameters, ReadOnlySpan<T> inputs, TrainingDraw draw = default)
    {
        ReferencePass<T> pass = Forward(parameters, inputs, draw, new(_statesBefore));
        foreach (ReferenceLayer<T> layer in _layers)
            layer.UpdateRunningAverages(pass, parameters);
    }

    private T Measure(ReadOnlySpan<T> parameters, ReadOnlySpan<T> inputs, ReferenceLoss<T> loss)
    {
        ReferencePass<T> pass = Forward(parameters, inputs, draw: null);
        return loss.Evaluate(pass.Output(Spec.Layers.Count - 1), pass.Count).Loss;
    }

    private (T Loss, T[] Gradients) Backpropagate(
        ReadOnlySpan<T> parameters, ReadOnlySpan<T> inputs, ReferenceLoss<T> loss, TrainingDraw draw)
    {
        int last = Spec.Layers.Count - 1;
        _statesBefore = new(_states);
        ReferencePass<T> pass = Forward(parameters, inputs, draw, _states);
        (T value, T[] gradient) = loss.Evaluate(pass.Output(last), pass.Count);

        pass.AddGradient(last, gradient);
        for (int i = _layers.Count - 1; i >= 0; i--)
        {
            if (pass.NeedsGradient(_layers[i].Spec.Index))
                _layers[i].Backward(pass, pass.Gradient(_layers[i].Spec.Index));
        }

        ClearUntrained(pass.ParameterGradients);
        return (value, pass.ParameterGradients);
    }

    /// <summary>What does not follow a gradient has the gradient 0.</summary>
    private void ClearUntrained(Span<T> gradients)
    {
        int start = 0;
        foreach (LayerSpec layer in Spec.Layers)
        {
            foreach (ParameterSpec tensor in layer.Parameters)
            {
                if (!layer.IsTrained(tensor))
                    gradients.Slice(start, tensor.Count).Clear();
                start += tensor.Count;
            }
        }
    }

    private ReferencePass<T> Forward(
        ReadOnlySpan<T> parameters, ReadOnlySpan<T> inputs, TrainingDraw? draw, Dictionary<(int Layer, int Row), T[]>? states = null)
    {
        var pass = new ReferencePass<T>(Spec, parameters.ToArray(), inputs.ToArray(), draw) { States = states };
        foreach (ReferenceLayer<T> layer in _layers)
            pass.SetOutput(layer.Spec.Index, layer.Forward(pass));
        return pass;
    }

    private ReferenceSoftmaxCrossEntropy<T> LossOf(ReadOnlySpan<int> labels, ReadOnlySpan<T> classWeights = default) => Spec.Loss is LossKind.SoftmaxCrossEntropy
        ? new ReferenceSoftmaxCrossEntropy<T>(labels.ToArray(), Spec.TargetLength, classWeights.IsEmpty ? null : classWeights.ToArray())
        : throw new InvalidOperationException("The network has no loss over class numbers.");

    private ReferenceLoss<T> LossOf(ReadOnlySpan<T> targets) => Spec.Loss switch
    {
        LossKind.BinaryCrossEntropy => new ReferenceBinaryCrossEntropy<T>(targets.ToArray()),
        LossKind.MeanSquaredError => new ReferenceMeanSquaredError<T>(targets.ToArray()),
        _ => throw new InvalidOperationException("The network has no loss over values."),
    };
}
