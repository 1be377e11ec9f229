using NativeNet.Description;

namespace NativeNet.Folding;

/// <summary>The tensors of a network by layer and name, row-major.</summary>
internal sealed class LayerTensors
{
    private readonly Dictionary<(int Layer, string Name), float[]> _tensors = [];

    /// <summary>Copies the tensors.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="rowMajor">(spec.ParameterCount), its parameters.</param>
    public LayerTensors(NetworkSpec spec, ReadOnlySpan<float> rowMajor)
    {
        foreach (LayerSpec layer in spec.Layers)
        {
            foreach (ParameterSpec tensor in layer.Parameters)
            {
                _tensors.Add((layer.Index, tensor.Name), rowMajor[..tensor.Count].ToArray());
                rowMajor = rowMajor[tensor.Count..];
            }
        }
    }

    /// <summary>A tensor, to read and to change.</summary>
    /// <param name="layer">The layer's position in the file.</param>
    /// <param name="name">The name within the layer.</param>
    public float[] this[int layer, string name] => _tensors[(layer, name)];

    /// <summary>A tensor, made of zeros where there is none.</summary>
    /// <param name="layer">The layer's position in the file.</param>
    /// <param name="name">The name within the layer.</param>
    /// <param name="length">The elements of a new one.</param>
    public float[] FindOrZeros(int layer, string name, int length)
    {
        if (!_tensors.ContainsKey((layer, name)))
            _tensors.Add((layer, name), new float[length]);
        return _tensors[(layer, name)];
    }
}
