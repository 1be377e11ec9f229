using NativeNet.Description;

namespace NativeNet.Storage;

/// <summary>One number for all parameters of a network, by which two training runs are compared bit for bit.</summary>
public static class ParameterHash
{
    /// <summary>The SHA-256 over the parameters in row-major order, little-endian floats, without padding.</summary>
    /// <param name="layout">The layout of <paramref name="packed"/>.</param>
    /// <param name="packed">(layout.Length).</param>
    /// <returns>64 lowercase hexadecimal digits.</returns>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    public static string Sha256(ParameterLayout layout, ReadOnlySpan<float> packed)
    {
        float[] rowMajor = new float[layout.ParameterCount];
        ParameterPacking.Unpack(layout, packed, rowMajor);

        var hash = new Sha256();
        hash.AppendValues(rowMajor);
        return hash.FinishHex();
    }
}
