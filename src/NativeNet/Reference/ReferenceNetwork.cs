using System.Numerics;
using NativeNet.Description;

namespace NativeNet.Reference;

/// <summary>
/// Interprets any network, one scalar at a time, exactly as the numeric contract says: what generated code must equal bit
/// for bit. Made to be read; nothing here is fast.
/// </summary>
/// <remarks>
/// Parameters are row-major tensors one after the other, layer by layer, as <see cref="ParameterLayout"/> lists them: for a
/// dense layer weights (units, inputs), then biases (units). In float it is the contract; in double it is what central
/// differences are checked against.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ReferenceNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<ReferenceLayer<T>> _layers = [];

    /// <summary>Builds the layers of <paramref name="spec"/>.</summary>
    /// <param name="spec">A checked network.</param>
    public ReferenceNetwork(NetworkSpec spec)
    {
        Spec = spec;
        foreach (LayerSpec layer in spec.Layers)
        {
            if (!layer.IsView)
                _layers.Add(ReferenceLayer<T>.Create(layer, ParameterCount));
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
        => Forward(parameters, inputs).Output(Spec.Layers.Count - 1);

    /// <summary>The mean softmax cross-entropy of a batch and its gradient with respect to every parameter.</summary>
    /// <param name="parameters">(ParameterCount), row-major.</param>
    /// <param name="inputs">(count, input length), row-major.</param>
    /// <param name="labels">(count), class numbers.</param>
    /// <returns>The loss, and the gradients in the order of the parameters.</returns>
    public (T Loss, T[] Gradients) Backpropagate(
        ReadOnlySpan<T> parameters, ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels)
        => Backpropagate(parameters, inputs, new ReferenceSoftmaxCrossEntropy<T>(labels.ToArray()));

    /// <summary>The mean loss of a batch with targets of values, and its gradient with respect to every parameter.</summary>
    /// <param name="parameters">(ParameterCount), row-major.</param>
    /// <param name="inputs">(count, input length), row-major.</param>
    /// <param name="targets">(count, outputs), row-major.</param>
    /// <returns>The loss, and the gradients in the order of the parameters.</returns>
    public (T Loss, T[] Gradients) Backpropagate(
        ReadOnlySpan<T> parameters, ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets)
        => Backpropagate(parameters, inputs, Spec.Loss == LossKind.BinaryCrossEntropy
            ? new ReferenceBinaryCrossEntropy<T>(targets.ToArray())
            : new ReferenceMeanSquaredError<T>(targets.ToArray()));

    private (T Loss, T[] Gradients) Backpropagate(
        ReadOnlySpan<T> parameters, ReadOnlySpan<T> inputs, ReferenceLoss<T> loss)
    {
        int last = Spec.Layers.Count - 1;
        ReferencePass<T> pass = Forward(parameters, inputs);
        (T value, T[] gradient) = loss.Evaluate(pass.Output(last), pass.Count);

        pass.AddGradient(last, gradient);
        for (int i = _layers.Count - 1; i >= 0; i--)
            _layers[i].Backward(pass, pass.Gradient(_layers[i].Spec.Index));
        return (value, pass.ParameterGradients);
    }

    private ReferencePass<T> Forward(ReadOnlySpan<T> parameters, ReadOnlySpan<T> inputs)
    {
        var pass = new ReferencePass<T>(Spec, parameters.ToArray(), inputs.ToArray());
        foreach (ReferenceLayer<T> layer in _layers)
            pass.SetOutput(layer.Spec.Index, layer.Forward(pass));
        return pass;
    }
}
