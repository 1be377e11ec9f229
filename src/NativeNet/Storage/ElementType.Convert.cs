using System.Buffers.Binary;

namespace NativeNet.Storage;

/// <content>Elements of other types as 32-bit floats.</content>
internal readonly partial record struct ElementType
{
    /// <summary>The elements as 32-bit floats; those of 64 bits are rounded to nearest, all others are exact.</summary>
    /// <param name="bytes">Elements of a type of floats, little-endian.</param>
    public float[] Convert(ReadOnlySpan<byte> bytes)
    {
        float[] values = new float[bytes.Length / Size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = bytes.Slice(i * Size, Size);
            values[i] = Name switch
            {
                "F64" => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
                "BF16" => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
                _ => BinaryPrimitives.ReadSingleLittleEndian(element),
            };
        }

        return values;
    }
}
