using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using static System.FormattableString;

namespace NativeNet.Storage;

/// <summary>What the safetensors format says beside its header: https://github.com/huggingface/safetensors.</summary>
internal static class SafetensorsFormat
{
    /// <summary>The header's entry that is no tensor.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The bytes before the header: its length, little-endian.</summary>
    public const int PrefixLength = sizeof(ulong);

    /// <summary>The limit that the format's description sets.</summary>
    private const int MaxHeaderLength = 100_000_000;

    /// <summary>The length of the header.</summary>
    /// <param name="path">The file's name for messages.</param>
    /// <param name="prefix">The file's first bytes, <see cref="PrefixLength"/> of them where it has so many.</param>
    /// <param name="length">The bytes of the whole file.</param>
    /// <exception cref="StorageFormatException">The file is too short for it.</exception>
    public static int HeaderLength(string path, ReadOnlySpan<byte> prefix, long length)
    {
        if (prefix.Length < PrefixLength)
            throw new StorageFormatException(Invariant($"{path}: is shorter than {PrefixLength} bytes; it is not a safetensors file"));

        ulong header = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        ulong available = (ulong)(length - PrefixLength);
        return header <= Math.Min(available, MaxHeaderLength)
            ? (int)header
            : throw new StorageFormatException(Invariant(
                $"{path}: offset 0: the header's length is {header}; {available} bytes follow and {MaxHeaderLength} is the limit; it is cut short or not a safetensors file"));
    }

    /// <summary>The product of sizes, or null when one is negative or the product so far exceeds an <see cref="int"/>.</summary>
    /// <param name="shape">The sizes.</param>
    public static int? CountElements(ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (int size in shape)
        {
            count *= size;
            if (size < 0 || count > int.MaxValue)
                return null;
        }

        return (int)count;
    }

    /// <summary>Sizes in words: <c>[2, 3]</c>.</summary>
    /// <param name="shape">The sizes.</param>
    public static string Describe(ImmutableArray<int> shape)
    {
        string[] sizes = new string[shape.Length];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = shape[i].ToString(CultureInfo.InvariantCulture);
        return $"[{string.Join(", ", sizes)}]";
    }
}
