using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.PeerBenchmarks;

/// <summary>The parameters of a dense layer as other libraries take them.</summary>
/// <param name="Inputs">The inputs.</param>
/// <param name="Units">The units.</param>
/// <param name="Weights">(Units, Inputs), row-major.</param>
/// <param name="Biases">(Units).</param>
internal sealed record DenseTensors(int Inputs, int Units, float[] Weights, float[] Biases)
{
    /// <summary>The layers of a network, the first one first.</summary>
    /// <param name="spec">The network: dense layers, all but the last with relu.</param>
    /// <param name="parameters">Its packed parameters.</param>
    public static IReadOnlyList<DenseTensors> Of(NetworkSpec spec, ReadOnlySpan<float> parameters)
    {
        var layout = ParameterLayout.Create(spec);
        float[] rowMajor = new float[layout.ParameterCount];
        ParameterPacking.Unpack(layout, parameters, rowMajor);

        var tensors = new List<DenseTensors>();
        int next = 0;
        foreach (DenseSpec layer in spec.Layers.OfType<DenseSpec>())
        {
            int biases = next + (layer.Units * layer.Inputs), end = biases + layer.Units;
            tensors.Add(new DenseTensors(layer.Inputs, layer.Units, rowMajor[next..biases], rowMajor[biases..end]));
            next = end;
        }

        return tensors;
    }
}
