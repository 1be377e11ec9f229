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

    /// <summary>The same of what is trained alone, as optimizer state lies; zeros for all else.</summary>
    public float[] UnpackTrained(ReadOnlySpan<float> state)
    {
        float[] packed = new float[table.Length];
        state.CopyTo(packed);
        return Unpack(packed);
    }

    public float[] Unpack(ReadOnlySpan<float> packed)
    {
        float[] rowMajor = new float[table.ParameterCount];
        ParameterPacking.Unpack(table, packed, rowMajor);
        return rowMajor;
    }
}
