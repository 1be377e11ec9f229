using System.Buffers.Binary;
using NativeNet.Storage;

namespace NativeNet.Tests.Storage;

public sealed class ElementTypeTests
{
    [Fact]
    public void Floats_of_sixteen_bits_are_exact()
    {
        byte[] bytes = new byte[2 << 16];
        for (int i = 0; i < 1 << 16; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), (ushort)i);

        float[] halves = Find("F16").Convert(bytes), brains = Find("BF16").Convert(bytes);
        for (int i = 0; i < 1 << 16; i++)
        {
            Assert.Equal((float)BitConverter.UInt16BitsToHalf((ushort)i), halves[i]);
            Assert.Equal((uint)i << 16, BitConverter.SingleToUInt32Bits(brains[i]));
        }
    }

    [Fact]
    public void Floats_of_64_bits_are_rounded_to_nearest()
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, 1 + Math.Pow(2, -24));
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8), 1 + (3 * Math.Pow(2, -24)));
        Assert.Equal([1f, 1 + MathF.Pow(2, -22)], Find("F64").Convert(bytes));
    }

    [Fact]
    public void Integers_and_unknown_types_are_no_floats()
    {
        Assert.All(["I64", "I32", "I16", "I8", "U64", "U32", "U16", "U8", "BOOL"], static name => Assert.False(Find(name).IsFloat));
        Assert.False(ElementType.TryFind("F8_E4M3", out _));
    }

    private static ElementType Find(string name)
    {
        Assert.True(ElementType.TryFind(name, out ElementType type));
        return type;
    }
}
