using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Turns rows into columns in registers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Transpose
{
    /// <summary>Transposes a block of 4 × 4.</summary>
    /// <param name="r0">Row 0, then column 0.</param>
    /// <param name="r1">Row 1, then column 1.</param>
    /// <param name="r2">Row 2, then column 2.</param>
    /// <param name="r3">Row 3, then column 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(ref Lanes128 r0, ref Lanes128 r1, ref Lanes128 r2, ref Lanes128 r3)
    {
        Vector128<float> low02 = InterleaveLow(r0.Value, r2.Value), low13 = InterleaveLow(r1.Value, r3.Value);
        Vector128<float> high02 = InterleaveHigh(r0.Value, r2.Value), high13 = InterleaveHigh(r1.Value, r3.Value);
        r0 = new Lanes128(InterleaveLow(low02, low13));
        r1 = new Lanes128(InterleaveHigh(low02, low13));
        r2 = new Lanes128(InterleaveLow(high02, high13));
        r3 = new Lanes128(InterleaveHigh(high02, high13));
    }

    /// <summary>Transposes a block of 8 × 8; reached only where 256-bit vectors are the hardware's.</summary>
    /// <param name="r0">Row 0, then column 0.</param>
    /// <param name="r1">Row 1, then column 1.</param>
    /// <param name="r2">Row 2, then column 2.</param>
    /// <param name="r3">Row 3, then column 3.</param>
    /// <param name="r4">Row 4, then column 4.</param>
    /// <param name="r5">Row 5, then column 5.</param>
    /// <param name="r6">Row 6, then column 6.</param>
    /// <param name="r7">Row 7, then column 7.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(
        ref Lanes256 r0, ref Lanes256 r1, ref Lanes256 r2, ref Lanes256 r3,
        ref Lanes256 r4, ref Lanes256 r5, ref Lanes256 r6, ref Lanes256 r7)
    {
        (Vector256<float> a0, Vector256<float> a1, Vector256<float> a2, Vector256<float> a3)
            = Quarter(r0.Value, r1.Value, r2.Value, r3.Value);
        (Vector256<float> b0, Vector256<float> b1, Vector256<float> b2, Vector256<float> b3)
            = Quarter(r4.Value, r5.Value, r6.Value, r7.Value);

        const byte Lower = 0x20, Upper = 0x31;
        r0 = new Lanes256(Avx.Permute2x128(a0, b0, Lower));
        r1 = new Lanes256(Avx.Permute2x128(a1, b1, Lower));
        r2 = new Lanes256(Avx.Permute2x128(a2, b2, Lower));
        r3 = new Lanes256(Avx.Permute2x128(a3, b3, Lower));
        r4 = new Lanes256(Avx.Permute2x128(a0, b0, Upper));
        r5 = new Lanes256(Avx.Permute2x128(a1, b1, Upper));
        r6 = new Lanes256(Avx.Permute2x128(a2, b2, Upper));
        r7 = new Lanes256(Avx.Permute2x128(a3, b3, Upper));
    }

    /// <summary>Turns samples that lie one behind the other into a block of samples side by side.</summary>
    /// <param name="rows">(count, elements), one sample a row.</param>
    /// <param name="rowStride">Floats from sample to sample.</param>
    /// <param name="block">(elements, blockSize), overwritten in the lanes of the samples.</param>
    /// <param name="blockSize">Samples side by side, a multiple of 4.</param>
    /// <param name="elements">The elements of a sample.</param>
    /// <param name="count">The samples, at most blockSize.</param>
    public static void ToBlock(ref float rows, nuint rowStride, ref float block, nuint blockSize, nuint elements, nuint count)
    {
        nuint wholeRows = count & ~(nuint)3, wholeElements = elements & ~(nuint)3;
        Copy(ref rows, rowStride, ref block, blockSize, wholeRows, wholeElements);
        for (nuint b = 0; b < count; b++)
        {
            for (nuint e = b < wholeRows ? wholeElements : 0; e < elements; e++)
                Unsafe.Add(ref block, (e * blockSize) + b) = Unsafe.Add(ref rows, (b * rowStride) + e);
        }
    }

    /// <summary>Turns a block of samples side by side into samples that lie one behind the other.</summary>
    /// <param name="rows">(count, elements), one sample a row, overwritten; padding stays as it is.</param>
    /// <param name="rowStride">Floats from sample to sample.</param>
    /// <param name="block">(elements, blockSize).</param>
    /// <param name="blockSize">Samples side by side, a multiple of 4.</param>
    /// <param name="elements">The elements of a sample.</param>
    /// <param name="count">The samples, at most blockSize.</param>
    public static void ToRows(ref float rows, nuint rowStride, ref float block, nuint blockSize, nuint elements, nuint count)
    {
        nuint wholeRows = count & ~(nuint)3, wholeElements = elements & ~(nuint)3;
        Copy(ref block, blockSize, ref rows, rowStride, wholeElements, wholeRows);
        for (nuint b = 0; b < count; b++)
        {
            for (nuint e = b < wholeRows ? wholeElements : 0; e < elements; e++)
                Unsafe.Add(ref rows, (b * rowStride) + e) = Unsafe.Add(ref block, (e * blockSize) + b);
        }
    }

    /// <summary>Copies rows into columns, blocks of 4 × 4 at a time.</summary>
    /// <param name="source">Rows <paramref name="sourceStride"/> apart.</param>
    /// <param name="sourceStride">Floats from row to row.</param>
    /// <param name="destination">Where column c of the source becomes row c.</param>
    /// <param name="destinationStride">Floats from row to row of the destination.</param>
    /// <param name="rows">Rows of the source, rounded up to a multiple of 4 in both buffers.</param>
    /// <param name="columns">Columns of the source, likewise.</param>
    internal static void Copy(
        ref float source, nuint sourceStride, ref float destination, nuint destinationStride, nuint rows, nuint columns)
    {
        for (nuint r = 0; r < rows; r += 4)
        {
            for (nuint c = 0; c < columns; c += 4)
            {
                ref float from = ref Unsafe.Add(ref source, (r * sourceStride) + c);
                ref float to = ref Unsafe.Add(ref destination, (c * destinationStride) + r);
                Lanes128 r0 = Lanes128.Load(ref from, 0), r1 = Lanes128.Load(ref from, sourceStride);
                Lanes128 r2 = Lanes128.Load(ref from, 2 * sourceStride), r3 = Lanes128.Load(ref from, 3 * sourceStride);
                Block(ref r0, ref r1, ref r2, ref r3);
                r0.Store(ref to, 0);
                r1.Store(ref to, destinationStride);
                r2.Store(ref to, 2 * destinationStride);
                r3.Store(ref to, 3 * destinationStride);
            }
        }
    }

    /// <summary>Four rows of eight, transposed within each half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> C0, Vector256<float> C1, Vector256<float> C2, Vector256<float> C3) Quarter(
        Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3)
    {
        Vector256<float> low02 = Avx.UnpackLow(r0, r2), low13 = Avx.UnpackLow(r1, r3);
        Vector256<float> high02 = Avx.UnpackHigh(r0, r2), high13 = Avx.UnpackHigh(r1, r3);
        return (
            Avx.UnpackLow(low02, low13), Avx.UnpackHigh(low02, low13),
            Avx.UnpackLow(high02, high13), Avx.UnpackHigh(high02, high13));
    }

    /// <summary>a0 b0 a1 b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> a, Vector128<float> b)
        => Sse.IsSupported ? Sse.UnpackLow(a, b)
            : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
            : Vector128.Create(a[0], b[0], a[1], b[1]);

    /// <summary>a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> a, Vector128<float> b)
        => Sse.IsSupported ? Sse.UnpackHigh(a, b)
            : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
            : Vector128.Create(a[2], b[2], a[3], b[3]);
}
