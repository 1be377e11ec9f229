using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NativeNet.Data;

/// <summary>Turns stored bytes into floats: one exact conversion and one rounded multiplication an element.</summary>
/// <remarks>Elementwise, so that every vector width and the scalar rest give the same bits.</remarks>
internal static class ByteScaling
{
    private const int BytesAStep = 16;

    /// <summary>destination[i] = source[i] · scale.</summary>
    /// <param name="source">(n) bytes.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="destination">(n), overwritten.</param>
    public static void Scale(ReadOnlySpan<byte> source, float scale, Span<float> destination)
    {
        if (source.Length != destination.Length)
            throw new ArgumentException("destination must be as long as source", nameof(destination));

        int vectorized = source.Length - (source.Length % BytesAStep);
        if (Vector256.IsHardwareAccelerated)
            Scale256(source[..vectorized], scale, destination);
        else if (Vector128.IsHardwareAccelerated)
            Scale128(source[..vectorized], scale, destination);
        else
            vectorized = 0;

        for (int i = vectorized; i < source.Length; i++)
            destination[i] = source[i] * scale;
    }

    private static void Scale256(ReadOnlySpan<byte> source, float scale, Span<float> destination)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        Vector256<float> factor = Vector256.Create(scale);

        for (nuint i = 0; i < (nuint)source.Length; i += BytesAStep)
        {
            Vector256<ushort> words = Vector256.WidenLower(Vector128.LoadUnsafe(ref from, i).ToVector256Unsafe());
            (Vector256<uint> lower, Vector256<uint> upper) = Vector256.Widen(words);
            (Vector256.ConvertToSingle(lower.AsInt32()) * factor).StoreUnsafe(ref to, i);
            (Vector256.ConvertToSingle(upper.AsInt32()) * factor).StoreUnsafe(ref to, i + 8);
        }
    }

    private static void Scale128(ReadOnlySpan<byte> source, float scale, Span<float> destination)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        Vector128<float> factor = Vector128.Create(scale);

        for (nuint i = 0; i < (nuint)source.Length; i += BytesAStep)
        {
            (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(Vector128.LoadUnsafe(ref from, i));
            Store(lower, i, ref to);
            Store(upper, i + 8, ref to);
        }

        void Store(Vector128<ushort> words, nuint offset, ref float to)
        {
            (Vector128<uint> lower, Vector128<uint> upper) = Vector128.Widen(words);
            (Vector128.ConvertToSingle(lower.AsInt32()) * factor).StoreUnsafe(ref to, offset);
            (Vector128.ConvertToSingle(upper.AsInt32()) * factor).StoreUnsafe(ref to, offset + 4);
        }
    }
}
