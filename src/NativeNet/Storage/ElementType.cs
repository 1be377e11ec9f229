using System.Buffers.Binary;

namespace NativeNet.Storage;

/// <summary>The type of a tensor's elements, as safetensors names it.</summary>
/// <param name="Name">The name in files.</param>
/// <param name="Size">The bytes of an element.</param>
internal readonly record struct ElementType(string Name, int Size)
{
    private static readonly ElementType[] All =
    [
        new("F64", 8), new("F32", 4), new("F16", 2), new("BF16", 2), new("I64", 8), new("I32", 4), new("I16", 2), new("I8", 1),
        new("U64", 8), new("U32", 4), new("U16", 2), new("U8", 1), new("BOOL", 1),
    ];

    /// <summary>What all tensors of networks are.</summary>
    public static ElementType Float32 => All[1];

    /// <summary>Whether elements are floats.</summary>
    public bool IsFloat => Name[0] is 'F' or 'B' && Name != "BOOL";

    /// <summary>The type of a name.</summary>
    /// <param name="name">The name in a file.</param>
    /// <param name="type">The type.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryFind(string name, out ElementType type)
    {
        type = Array.Find(All, each => each.Name == name);
        return type.Name is not null;
    }

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
