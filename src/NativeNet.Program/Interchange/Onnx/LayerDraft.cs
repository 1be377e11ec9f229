using System.Collections.Immutable;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>A layer of a network that is being imported.</summary>
/// <param name="type">Its type, as files spell it.</param>
/// <param name="keys">Its keys of its own, each behind a comma.</param>
/// <param name="sources">What it reads; −1 is the network's input.</param>
/// <param name="output">The shape of its output.</param>
/// <param name="tensors">Its tensors but for biases of sums, in the order of files.</param>
internal sealed class LayerDraft(string type, string keys, ImmutableArray<int> sources, ImmutableArray<int> output, params float[][] tensors)
{
    /// <summary>Its type, as files spell it.</summary>
    public string Type => type;

    /// <summary>What it reads; −1 is the network's input.</summary>
    public ImmutableArray<int> Sources { get; set; } = sources;

    /// <summary>The shape of its output.</summary>
    public ImmutableArray<int> Output => output;

    /// <summary>Whether it computes sums, which may have biases and an activation.</summary>
    public bool HasSums { get; init; }

    /// <summary>The biases of its sums; null for none.</summary>
    public float[]? Bias { get; set; }

    /// <summary>Its activation, each key behind a comma; empty for none.</summary>
    public string Activation { get; set; } = "";

    /// <summary>What it is called, for who reads it by name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its tensors in the order of files.</summary>
    public IEnumerable<float[]> Tensors
        => Bias is null ? tensors : tensors.Append(Bias);

    /// <summary>All keys behind its type, those by which layers find each other aside.</summary>
    public string Keys => keys + (HasSums && Bias is null ? ", \"bias\": false" : "") + Activation;
}
