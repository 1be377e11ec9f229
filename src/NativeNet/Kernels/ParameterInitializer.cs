using System.ComponentModel;
using NativeNet.Description;
using NativeNet.Numerics;
using NativeNet.Tensors;

namespace NativeNet.Kernels;

/// <summary>Draws the first weights of a layer into a parameter buffer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ParameterInitializer
{
    /// <summary>Fills the weights of one layer, leaving its padding as it is.</summary>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="offset">The first float of the weights.</param>
    /// <param name="weights">Their layout.</param>
    /// <param name="layer">The stream of its random numbers: the layer's position in the file, or what stands for it.</param>
    /// <param name="initializer">The distribution.</param>
    /// <param name="seed">The key of the random numbers.</param>
    public static void Fill(
        Span<float> parameters, int offset, PanelMatrix weights, int layer, InitializerSpec initializer, ulong seed)
    {
        var random = new Philox(seed);
        for (int n = 0; n < weights.Columns; n++)
        {
            for (int k = 0; k < weights.Rows; k++)
            {
                parameters[offset + weights.IndexOf(k, n)]
                    = Initializers.Weight(initializer, random, layer, weights.Rows, weights.Columns, k, n);
            }
        }
    }

    /// <summary>Fills a tensor with one value, leaving its padding as it is.</summary>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="offset">The first float of the tensor.</param>
    /// <param name="matrix">Its layout.</param>
    /// <param name="value">The value.</param>
    public static void Fill(Span<float> parameters, int offset, PanelMatrix matrix, float value)
    {
        for (int n = 0; n < matrix.Columns; n++)
        {
            for (int k = 0; k < matrix.Rows; k++)
                parameters[offset + matrix.IndexOf(k, n)] = value;
        }
    }

    /// <summary>Fills the outputs of one gate with one value, leaving all others as they are.</summary>
    /// <param name="parameters">The parameter buffer.</param>
    /// <param name="offset">The first float of the tensor.</param>
    /// <param name="matrix">Its layout.</param>
    /// <param name="gate">The gate, from 0.</param>
    /// <param name="value">The value.</param>
    public static void FillGate(Span<float> parameters, int offset, PanelMatrix matrix, int gate, float value)
    {
        for (int n = gate * matrix.GateColumns; n < (gate + 1) * matrix.GateColumns; n++)
        {
            for (int k = 0; k < matrix.Rows; k++)
                parameters[offset + matrix.IndexOf(k, n)] = value;
        }
    }
}
