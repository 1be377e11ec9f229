using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using NativeNet.Description;

namespace NativeNet.Data;

/// <summary>Reads IDX files of unsigned bytes, plain or gzipped: the format of MNIST and Fashion-MNIST.</summary>
/// <remarks>
/// Two zero bytes, the element type, the number of dimensions, one big-endian 32-bit size a dimension, the elements.
/// Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits", 1998.
/// </remarks>
public static class IdxReader
{
    private const byte UnsignedByte = 0x08;
    private const int MaxRank = 4;

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">An IDX file, plain or gzipped, told apart by its first bytes.</param>
    /// <exception cref="DataFormatException">The file is not IDX, not of unsigned bytes, too short, too long or damaged.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IdxArray Read(string path)
    {
        (int[] dimensions, byte[] elements) = ReadArrays(path);
        return new IdxArray(
            new EquatableArray<int>(ImmutableCollectionsMarshal.AsImmutableArray(dimensions)),
            ImmutableCollectionsMarshal.AsImmutableArray(elements));
    }

    /// <summary>The same as arrays of the caller's.</summary>
    internal static (int[] Dimensions, byte[] Elements) ReadArrays(string path)
    {
        using var file = SourceFile.Open(path);
        int[] dimensions = ReadHeader(file);
        byte[] elements = file.ReadExactly(CountElements(file, dimensions));
        CheckEnd(file, elements.Length);
        return (dimensions, elements);
    }

    /// <summary>The bytes before the first element: a magic number and one size a dimension, four bytes each.</summary>
    internal static int HeaderLength(int rank) => 4 * (1 + rank);

    private static void CheckEnd(SourceFile file, int count)
    {
        // Also makes the decompressor reach the checksum at the end.
        if (file.Read(stackalloc byte[1]) != 0)
            throw Error(file, $"has more than the {count} elements that its header promises; fetch it again");
    }

    private static int[] ReadHeader(SourceFile file)
    {
        Span<byte> magic = stackalloc byte[4];
        if (file.Read(magic) < magic.Length || magic[0] != 0 || magic[1] != 0)
            throw Error(file, $"is not an IDX file: it must start with two zero bytes, a type and a rank");
        if (magic[2] != UnsignedByte)
            throw Error(file, $"offset 2: element type 0x{magic[2]:X2} is not supported; only 0x08, unsigned bytes, is");

        int rank = magic[3];
        if (rank is 0 or > MaxRank)
            throw Error(file, $"offset 3: {rank} dimensions are not supported; there may be 1 to {MaxRank}");

        Span<byte> sizes = stackalloc byte[4 * rank];
        if (file.Read(sizes) < sizes.Length)
            throw Error(file, $"ends inside its header, which takes {HeaderLength(rank)} bytes; fetch it again");

        int[] dimensions = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(sizes[(4 * i)..]);
            if (size is 0 or > int.MaxValue)
                throw Error(file, $"offset {4 * (i + 1)}: dimension {i} is {size}; it must be from 1 to {int.MaxValue}");
            dimensions[i] = (int)size;
        }

        return dimensions;
    }

    private static int CountElements(SourceFile file, int[] dimensions)
    {
        long available = file.MaxLength - HeaderLength(dimensions.Length);
        long count = 1;
        foreach (int dimension in dimensions)
        {
            // Stays below 2⁶²: both factors are below 2³¹.
            count *= dimension;
            if (count > available || count > Array.MaxLength)
            {
                string sizes = string.Join(" × ", dimensions);
                throw Error(file, $"offset 4: {sizes} elements are promised, but the file is cut short or not an IDX file: it holds at most {Math.Min(available, Array.MaxLength)}");
            }
        }

        return (int)count;
    }

    private static DataFormatException Error(SourceFile file, FormattableString problem)
        => new($"{file.Path}: {problem.ToString(CultureInfo.InvariantCulture)}");
}
