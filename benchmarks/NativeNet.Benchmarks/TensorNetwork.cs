using System.Numerics.Tensors;
using NativeNet.Storage;
using NativeNet.Tensors;

namespace NativeNet.Benchmarks;

/// <summary>The forward pass as one writes it with <see cref="TensorPrimitives"/>: for ReLU networks of any size, one sample after the other.</summary>
internal sealed class TensorNetwork
{
    private readonly TensorSlot[] _weights;
    private readonly float[] _parameters;
    private readonly float[][] _activations;

    /// <summary>Takes a network's parameters over.</summary>
    /// <param name="table">The tensors of the network: weights and biases of dense layers, all but the last with relu.</param>
    /// <param name="parameters">Its packed parameters.</param>
    public TensorNetwork(TensorTable table, ReadOnlySpan<float> parameters)
    {
        _parameters = new float[table.ParameterCount];
        ParameterPacking.Unpack(table, parameters, _parameters);
        _weights = [.. table.Slots.Where(static slot => slot.Shape.Count == 2)];
        _activations = [.. _weights.Select(static weights => new float[weights.Columns])];
    }

    /// <summary>The scores of one sample.</summary>
    /// <param name="input">(inputs).</param>
    /// <param name="scores">(units of the last layer), overwritten.</param>
    public void Predict(ReadOnlySpan<float> input, Span<float> scores)
    {
        ReadOnlySpan<float> parameters = _parameters;
        ReadOnlySpan<float> x = input;
        for (int i = 0; i < _weights.Length; i++)
        {
            TensorSlot weights = _weights[i];
            bool isLast = i == _weights.Length - 1;
            Span<float> y = isLast ? scores : _activations[i];

            // Weights are (units, inputs), so that each unit is one inner product of contiguous values.
            for (int n = 0; n < y.Length; n++)
                y[n] = TensorPrimitives.Dot(parameters.Slice(n * weights.Rows, weights.Rows), x);
            parameters = parameters[(weights.Rows * weights.Columns)..];
            TensorPrimitives.Add(y, parameters[..weights.Columns], y);
            parameters = parameters[weights.Columns..];

            if (!isLast)
                TensorPrimitives.Max(y, 0f, y);
            x = y;
        }
    }
}
