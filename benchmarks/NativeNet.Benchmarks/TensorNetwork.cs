using System.Numerics.Tensors;
using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Benchmarks;

/// <summary>The forward pass as one writes it with <see cref="TensorPrimitives"/>: for ReLU networks of any size, one sample after the other.</summary>
internal sealed class TensorNetwork
{
    private readonly DenseSpec[] _layers;
    private readonly float[] _parameters;
    private readonly float[][] _activations;

    /// <summary>Takes a network's parameters over.</summary>
    /// <param name="spec">The network: dense layers, all but the last with relu.</param>
    /// <param name="parameters">Its packed parameters.</param>
    public TensorNetwork(NetworkSpec spec, ReadOnlySpan<float> parameters)
    {
        var layout = ParameterLayout.Create(spec);
        _parameters = new float[layout.ParameterCount];
        ParameterPacking.Unpack(layout, parameters, _parameters);
        _layers = [.. spec.Layers.OfType<DenseSpec>()];
        _activations = [.. _layers.Select(static layer => new float[layer.Units])];
    }

    /// <summary>The scores of one sample.</summary>
    /// <param name="input">(inputs).</param>
    /// <param name="scores">(units of the last layer), overwritten.</param>
    public void Predict(ReadOnlySpan<float> input, Span<float> scores)
    {
        ReadOnlySpan<float> parameters = _parameters;
        ReadOnlySpan<float> x = input;
        for (int i = 0; i < _layers.Length; i++)
        {
            DenseSpec layer = _layers[i];
            bool isLast = i == _layers.Length - 1;
            Span<float> y = isLast ? scores : _activations[i];

            // Weights are (units, inputs), so that each unit is one inner product of contiguous values.
            for (int n = 0; n < y.Length; n++)
                y[n] = TensorPrimitives.Dot(parameters.Slice(n * layer.Inputs, layer.Inputs), x);
            parameters = parameters[(layer.Inputs * layer.Units)..];
            TensorPrimitives.Add(y, parameters[..layer.Units], y);
            parameters = parameters[layer.Units..];

            if (!isLast)
                TensorPrimitives.Max(y, 0f, y);
            x = y;
        }
    }
}
