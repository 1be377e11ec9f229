using NativeNet.Description;
using NativeNet.Storage;

namespace NativeNet.Compiler.Tests.Differential;

/// <summary>Between the reference's row-major tensors and the buffers of compiled code.</summary>
/// <param name="spec">The network.</param>
internal sealed class Packing(NetworkSpec spec)
{
    private readonly ParameterLayout _layout = ParameterLayout.Create(spec);

    /// <summary>The floats of a buffer of compiled code.</summary>
    public int Length => _layout.Length;

    public void Pack(float[] rowMajor, Span<float> packed) => ParameterPacking.Pack(_layout, rowMajor, packed);

    public float[] Unpack(ReadOnlySpan<float> packed)
    {
        float[] rowMajor = new float[_layout.ParameterCount];
        ParameterPacking.Unpack(_layout, packed, rowMajor);
        return rowMajor;
    }
}
