using System.Buffers.Binary;
using System.Security.Cryptography;
using NativeNet.Numerics;

namespace NativeNet.Tests.Numerics;

/// <summary>An elementwise formula of two operands, in its scalar form and over lanes.</summary>
internal interface IFormula
{
    static abstract float Scalar(float x, float y);

    static abstract TLanes Lanes<TLanes>(TLanes x, TLanes y)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Compares a formula over lanes with the scalar one, bit for bit, at every width.</summary>
internal static class Widths
{
    public static void AssertSameBits<TFormula>(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        where TFormula : IFormula
    {
        var expected = new float[x.Length];
        for (int i = 0; i < x.Length; i++)
            expected[i] = TFormula.Scalar(x[i], y[i]);

        AssertSameBits<TFormula, Lanes128>(x, y, expected);
        AssertSameBits<TFormula, Lanes256>(x, y, expected);
        AssertSameBits<TFormula, Lanes512>(x, y, expected);
    }

    public static bool SameBits(float left, float right)
        => BitConverter.SingleToUInt32Bits(left) == BitConverter.SingleToUInt32Bits(right)
            || (float.IsNaN(left) && float.IsNaN(right));

    /// <summary>The first 8 bytes of the SHA-256 of the values, little-endian, with one pattern for every NaN.</summary>
    public static string HashOfBits(float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            uint bits = float.IsNaN(values[i]) ? 0x7FC0_0000 : BitConverter.SingleToUInt32Bits(values[i]);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(float)), bits);
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
    }

    private static void AssertSameBits<TFormula, TLanes>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> expected)
        where TFormula : IFormula
        where TLanes : struct, ILanes<TLanes>
    {
        Assert.True(x.Length >= TLanes.Count);
        Assert.Equal(0, x.Length % TLanes.Count);
        Span<float> actual = stackalloc float[TLanes.Count];
        for (int i = 0; i < x.Length; i += TLanes.Count)
        {
            TFormula.Lanes(TLanes.Load(in x[i], 0), TLanes.Load(in y[i], 0)).Store(ref actual[0], 0);
            for (int lane = 0; lane < actual.Length; lane++)
            {
                if (!SameBits(expected[i + lane], actual[lane]))
                {
                    Assert.Fail(FormattableString.Invariant(
                        $"{typeof(TLanes).Name}, x {x[i + lane]:G9}, y {y[i + lane]:G9}: {actual[lane]:G9}, not {expected[i + lane]:G9}"));
                }
            }
        }
    }
}
