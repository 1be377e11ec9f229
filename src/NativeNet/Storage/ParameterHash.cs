using NativeNet.Tensors;

namespace NativeNet.Storage;

/// <summary>One number for all parameters of a network, by which two training runs are compared bit for bit.</summary>
public static class ParameterHash
{
    /// <summary>The SHA-256 over the parameters in row-major order, little-endian floats, without padding.</summary>
    /// <param name="table">Where they lie in <paramref name="packed"/>.</param>
    /// <param name="packed">(table.Length).</param>
    /// <returns>64 lowercase hexadecimal digits.</returns>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    public static string Sha256(TensorTable table, ReadOnlySpan<float> packed)
    {
        float[] rowMajor = new float[table.ParameterCount];
        ParameterPacking.Unpack(table, packed, rowMajor);

        var hash = new Sha256();
        hash.AppendValues(rowMajor);
        return hash.FinishHex();
    }
}
