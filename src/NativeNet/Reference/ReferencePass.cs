using System.Numerics;
using NativeNet.Description;
using NativeNet.Numerics;

namespace NativeNet.Reference;

/// <summary>A batch on its way through the reference network: what every layer put out, and the gradients.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class ReferencePass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkSpec _spec;
    private readonly T[][] _values;
    private readonly T[]?[] _gradients;
    private readonly T[][] _sums;
    private readonly bool[] _learns;

    /// <summary>Begins with the inputs.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="parameters">All parameters, row-major.</param>
    /// <param name="inputs">(count, input length), row-major.</param>
    /// <param name="draw">What decides the random numbers of a training step; null in prediction.</param>
    public ReferencePass(NetworkSpec spec, T[] parameters, T[] inputs, TrainingDraw? draw)
    {
        Draw = draw;
        _spec = spec;
        _learns = spec.FindLearning();
        Parameters = parameters;
        ParameterGradients = new T[parameters.Length];
        Count = inputs.Length / spec.Input.Length;
        _values = new T[spec.Layers.Count + 1][];
        _gradients = new T[]?[spec.Layers.Count + 1];
        _sums = new T[spec.Layers.Count][];
        _values[0] = inputs;
    }

    /// <summary>The samples.</summary>
    public int Count { get; }

    /// <summary>The states of stateful layers behind the last step, by layer and row; null in a pass that begins from zeros and leaves none.</summary>
    public Dictionary<(int Layer, int Row), T[]>? States { get; init; }

    /// <summary>What decides the random numbers of a training step; null in prediction.</summary>
    public TrainingDraw? Draw { get; }

    /// <summary>All parameters, row-major.</summary>
    public T[] Parameters { get; }

    /// <summary>Their gradients, in the same order.</summary>
    public T[] ParameterGradients { get; }

    /// <summary>What a layer put out; −1 is the network's input. A view gives what it views.</summary>
    public T[] Output(int layer)
    {
        int index = Resolve(layer);
        return _values[index + 1];
    }

    /// <summary>What a layer reads first.</summary>
    public T[] Input(LayerSpec layer) => Output(layer.Sources[0]);

    /// <summary>Whether anyone needs the gradient of a layer's output: what training does not change needs none.</summary>
    public bool NeedsGradient(int layer) => layer >= 0 && _learns[layer];

    /// <summary>Keeps what a layer put out.</summary>
    public void SetOutput(int layer, T[] values) => _values[layer + 1] = values;

    /// <summary>A layer's sums before its activation, which the derivatives of some are functions of.</summary>
    public T[] Sums(int layer) => _sums[layer];

    /// <summary>Keeps a layer's sums.</summary>
    public void SetSums(int layer, T[] sums) => _sums[layer] = sums;

    /// <summary>The gradient of a layer's output, every reader's share added: +0 where nobody reads it.</summary>
    public T[] Gradient(int layer) => _gradients[layer + 1] ?? new T[_values[layer + 1].Length];

    /// <summary>
    /// Adds a reader's share to the gradient of a layer's output. Readers are added from the network's end to its
    /// beginning; the first share is taken as it is.
    /// </summary>
    public void AddGradient(int layer, T[] share)
    {
        int index = Resolve(layer) + 1;
        if (_gradients[index] is not { } sum)
        {
            _gradients[index] = share;
            return;
        }

        for (int i = 0; i < sum.Length; i++)
            sum[i] += share[i];
    }

    private int Resolve(int layer)
    {
        while (layer >= 0 && _spec.Layers[layer].IsView)
            layer = _spec.Layers[layer].Sources[0];
        return layer;
    }
}
