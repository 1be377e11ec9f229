using NativeNet.Storage;
using NativeNet.Tensors;

namespace NativeNet.PeerBenchmarks;

/// <summary>The parameters of a dense layer as other libraries take them.</summary>
/// <param name="Inputs">The inputs.</param>
/// <param name="Units">The units.</param>
/// <param name="Weights">(Units, Inputs), row-major.</param>
/// <param name="Biases">(Units).</param>
internal sealed record DenseTensors(int Inputs, int Units, float[] Weights, float[] Biases)
{
    /// <summary>The layers of a network, the first one first.</summary>
    /// <param name="table">The tensors of the network: weights and biases of dense layers, all but the last with relu.</param>
    /// <param name="parameters">Its packed parameters.</param>
    public static IReadOnlyList<DenseTensors> Of(TensorTable table, ReadOnlySpan<float> parameters)
    {
        float[] rowMajor = new float[table.ParameterCount];
        ParameterPacking.Unpack(table, parameters, rowMajor);

        var tensors = new List<DenseTensors>();
        int next = 0;
        for (int i = 0; i < table.Slots.Count; i += 2)
        {
            (int inputs, int units) = (table.Slots[i].Rows, table.Slots[i].Columns);
            int biases = next + (units * inputs), end = biases + units;
            tensors.Add(new DenseTensors(inputs, units, rowMajor[next..biases], rowMajor[biases..end]));
            next = end;
        }

        return tensors;
    }
}
