using NativeNet.Storage;
using NativeNet.Tensors;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>Between the reference's row-major tensors and the buffers of compiled code.</summary>
/// <param name="table">The tensors of the network.</param>
internal sealed class Packing(TensorTable table)
{
    public float[] Pack(float[] rowMajor)
    {
        float[] packed = new float[table.Length];
        ParameterPacking.Pack(table, rowMajor, packed);
        return packed;
    }

    public float[] Unpack(ReadOnlySpan<float> packed)
    {
        float[] rowMajor = new float[table.ParameterCount];
        ParameterPacking.Unpack(table, packed, rowMajor);
        return rowMajor;
    }
}
