using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using NativeNet.Storage;

namespace NativeNet.Program.Interchange.Onnx;

/// <summary>A tensor as an ONNX file holds it; its values are read when somebody asks for them.</summary>
/// <param name="Path">The file's name for messages.</param>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Its sizes, outermost first; none at all for a scalar.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Raw">The elements, little-endian; empty where they stand in <paramref name="Integers"/>.</param>
/// <param name="Integers">The elements that the file keeps as integers of variable length.</param>
/// <param name="External">Where the elements lie outside of the file; null where they do not.</param>
internal sealed record OnnxTensor(
    string Path, string Name, ImmutableArray<int> Dimensions, OnnxElementType Type, ReadOnlyMemory<byte> Raw,
    IReadOnlyList<long> Integers, OnnxExternalData? External)
{
    /// <summary>The elements, at most 2³¹ − 1.</summary>
    public int Count => SafetensorsFormat.CountElements(Dimensions.AsSpan()) ?? throw Error("has more elements than a file can hold");

    /// <summary>Whether the elements are floats.</summary>
    public bool IsFloat => Type is OnnxElementType.Float or OnnxElementType.Float16 or OnnxElementType.BFloat16 or OnnxElementType.Double;

    /// <summary>The elements as 32-bit floats; those of 64 bits are rounded to nearest.</summary>
    /// <exception cref="StorageFormatException">They are not floats, or not as many as the shape has.</exception>
    public float[] ToFloats()
    {
        ElementType type = Type switch
        {
            OnnxElementType.Float => Find("F32"),
            OnnxElementType.Double => Find("F64"),
            OnnxElementType.Float16 => Find("F16"),
            OnnxElementType.BFloat16 => Find("BF16"),
            _ => throw Error($"has elements of type {Type}, not floats"),
        };

        // Floats of 16 bits may stand among the integers, each as its pattern.
        if (Integers.Count > 0 && type.Size == sizeof(ushort))
        {
            CheckCount(Integers.Count);
            byte[] patterns = new byte[Integers.Count * sizeof(ushort)];
            for (int i = 0; i < Integers.Count; i++)
                BinaryPrimitives.WriteUInt16LittleEndian(patterns.AsSpan(i * sizeof(ushort)), unchecked((ushort)Integers[i]));
            return type.Convert(patterns);
        }

        return type.Convert(Elements(type.Size));
    }

    /// <summary>The elements as integers.</summary>
    /// <exception cref="StorageFormatException">They are not integers, or not as many as the shape has.</exception>
    public long[] ToIntegers()
    {
        int size = Type switch
        {
            OnnxElementType.Int64 or OnnxElementType.UInt64 => sizeof(long),
            OnnxElementType.Int32 or OnnxElementType.UInt32 => sizeof(int),
            OnnxElementType.Int16 or OnnxElementType.UInt16 => sizeof(short),
            OnnxElementType.Int8 or OnnxElementType.UInt8 or OnnxElementType.Bool => sizeof(byte),
            _ => throw Error($"has elements of type {Type}, not integers"),
        };
        if (Integers.Count > 0)
        {
            CheckCount(Integers.Count);
            return [.. Integers];
        }

        ReadOnlySpan<byte> bytes = Elements(size);
        long[] values = new long[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = bytes.Slice(i * size, size);
            values[i] = Type switch
            {
                OnnxElementType.Int64 or OnnxElementType.UInt64 => BinaryPrimitives.ReadInt64LittleEndian(element),
                OnnxElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
                OnnxElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(element),
                OnnxElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
                OnnxElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
                OnnxElementType.Int8 => unchecked((sbyte)element[0]),
                _ => element[0],
            };
        }

        return values;
    }

    private static ElementType Find(string name) => ElementType.TryFind(name, out ElementType type) ? type : throw new ArgumentException($"There is no type '{name}'.", nameof(name));

    private ReadOnlySpan<byte> Elements(int size)
    {
        long expected = (long)Count * size;
        ReadOnlySpan<byte> bytes = External is { } external ? external.Read(Path, Name, expected) : Raw.Span;
        return bytes.Length == expected
            ? bytes
            : throw Error(string.Create(CultureInfo.InvariantCulture, $"has {bytes.Length} bytes of elements; its shape takes {expected}"));
    }

    private void CheckCount(int count)
    {
        if (count != Count)
            throw Error(string.Create(CultureInfo.InvariantCulture, $"has {count} elements; its shape takes {Count}"));
    }

    private StorageFormatException Error(string problem) => new($"{Path}: tensor '{Name}', [{string.Join(", ", Dimensions)}], {problem}");
}
