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
    /// <summary>The side of the largest blocks that the hardware turns in registers.</summary>
    private static nuint Side => Vector512.IsHardwareAccelerated ? 16u : Avx.IsSupported ? 8u : 4u;

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

    /// <summary>Transposes a block of 16 × 16; reached only where 512-bit vectors are the hardware's.</summary>
    /// <param name="r0">Row 0, then column 0.</param>
    /// <param name="r1">Row 1, then column 1.</param>
    /// <param name="r2">Row 2, then column 2.</param>
    /// <param name="r3">Row 3, then column 3.</param>
    /// <param name="r4">Row 4, then column 4.</param>
    /// <param name="r5">Row 5, then column 5.</param>
    /// <param name="r6">Row 6, then column 6.</param>
    /// <param name="r7">Row 7, then column 7.</param>
    /// <param name="r8">Row 8, then column 8.</param>
    /// <param name="r9">Row 9, then column 9.</param>
    /// <param name="r10">Row 10, then column 10.</param>
    /// <param name="r11">Row 11, then column 11.</param>
    /// <param name="r12">Row 12, then column 12.</param>
    /// <param name="r13">Row 13, then column 13.</param>
    /// <param name="r14">Row 14, then column 14.</param>
    /// <param name="r15">Row 15, then column 15.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(
        ref Lanes512 r0, ref Lanes512 r1, ref Lanes512 r2, ref Lanes512 r3,
        ref Lanes512 r4, ref Lanes512 r5, ref Lanes512 r6, ref Lanes512 r7,
        ref Lanes512 r8, ref Lanes512 r9, ref Lanes512 r10, ref Lanes512 r11,
        ref Lanes512 r12, ref Lanes512 r13, ref Lanes512 r14, ref Lanes512 r15)
    {
        // First within the quarters of the vectors, 4 × 4 each, then the quarters themselves.
        Quarter(ref r0, ref r1, ref r2, ref r3);
        Quarter(ref r4, ref r5, ref r6, ref r7);
        Quarter(ref r8, ref r9, ref r10, ref r11);
        Quarter(ref r12, ref r13, ref r14, ref r15);
        Quarters(ref r0, ref r4, ref r8, ref r12);
        Quarters(ref r1, ref r5, ref r9, ref r13);
        Quarters(ref r2, ref r6, ref r10, ref r14);
        Quarters(ref r3, ref r7, ref r11, ref r15);
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

    /// <summary>Copies rows into columns, in the largest blocks that the hardware and the sizes allow.</summary>
    /// <param name="source">Rows <paramref name="sourceStride"/> apart.</param>
    /// <param name="sourceStride">Floats from row to row.</param>
    /// <param name="destination">Where column c of the source becomes row c.</param>
    /// <param name="destinationStride">Floats from row to row of the destination.</param>
    /// <param name="rows">Rows of the source, rounded up to a multiple of 4 in both buffers.</param>
    /// <param name="columns">Columns of the source, likewise.</param>
    public static void Copy(
        ref float source, nuint sourceStride, ref float destination, nuint destinationStride, nuint rows, nuint columns)
    {
        nuint row = 0, side = Side;
        if (side > 4)
        {
            for (; row + side <= rows; row += side)
            {
                ref float from = ref Unsafe.Add(ref source, row * sourceStride), to = ref Unsafe.Add(ref destination, row);
                nuint column = 0;
                for (; column + side <= columns; column += side)
                {
                    if (side == 16)
                        Copy16(ref Unsafe.Add(ref from, column), sourceStride, ref Unsafe.Add(ref to, column * destinationStride), destinationStride);
                    else
                        Copy8(ref Unsafe.Add(ref from, column), sourceStride, ref Unsafe.Add(ref to, column * destinationStride), destinationStride);
                }

                Copy4(ref Unsafe.Add(ref from, column), sourceStride, ref Unsafe.Add(ref to, column * destinationStride), destinationStride, side, columns - column);
            }
        }

        Copy4(ref Unsafe.Add(ref source, row * sourceStride), sourceStride, ref Unsafe.Add(ref destination, row), destinationStride, rows - row, columns);
    }

    private static void Copy4(
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

    private static void Copy8(ref float source, nuint sourceStride, ref float destination, nuint destinationStride)
    {
        Lanes256 r0 = Lanes256.Load(ref source, 0), r1 = Lanes256.Load(ref source, sourceStride);
        Lanes256 r2 = Lanes256.Load(ref source, 2 * sourceStride), r3 = Lanes256.Load(ref source, 3 * sourceStride);
        Lanes256 r4 = Lanes256.Load(ref source, 4 * sourceStride), r5 = Lanes256.Load(ref source, 5 * sourceStride);
        Lanes256 r6 = Lanes256.Load(ref source, 6 * sourceStride), r7 = Lanes256.Load(ref source, 7 * sourceStride);
        Block(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        r0.Store(ref destination, 0);
        r1.Store(ref destination, destinationStride);
        r2.Store(ref destination, 2 * destinationStride);
        r3.Store(ref destination, 3 * destinationStride);
        r4.Store(ref destination, 4 * destinationStride);
        r5.Store(ref destination, 5 * destinationStride);
        r6.Store(ref destination, 6 * destinationStride);
        r7.Store(ref destination, 7 * destinationStride);
    }

    private static void Copy16(ref float source, nuint sourceStride, ref float destination, nuint destinationStride)
    {
        Lanes512 r0 = Lanes512.Load(ref source, 0), r1 = Lanes512.Load(ref source, sourceStride);
        Lanes512 r2 = Lanes512.Load(ref source, 2 * sourceStride), r3 = Lanes512.Load(ref source, 3 * sourceStride);
        Lanes512 r4 = Lanes512.Load(ref source, 4 * sourceStride), r5 = Lanes512.Load(ref source, 5 * sourceStride);
        Lanes512 r6 = Lanes512.Load(ref source, 6 * sourceStride), r7 = Lanes512.Load(ref source, 7 * sourceStride);
        Lanes512 r8 = Lanes512.Load(ref source, 8 * sourceStride), r9 = Lanes512.Load(ref source, 9 * sourceStride);
        Lanes512 r10 = Lanes512.Load(ref source, 10 * sourceStride), r11 = Lanes512.Load(ref source, 11 * sourceStride);
        Lanes512 r12 = Lanes512.Load(ref source, 12 * sourceStride), r13 = Lanes512.Load(ref source, 13 * sourceStride);
        Lanes512 r14 = Lanes512.Load(ref source, 14 * sourceStride), r15 = Lanes512.Load(ref source, 15 * sourceStride);
        Block(
            ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7,
            ref r8, ref r9, ref r10, ref r11, ref r12, ref r13, ref r14, ref r15);
        r0.Store(ref destination, 0);
        r1.Store(ref destination, destinationStride);
        r2.Store(ref destination, 2 * destinationStride);
        r3.Store(ref destination, 3 * destinationStride);
        r4.Store(ref destination, 4 * destinationStride);
        r5.Store(ref destination, 5 * destinationStride);
        r6.Store(ref destination, 6 * destinationStride);
        r7.Store(ref destination, 7 * destinationStride);
        r8.Store(ref destination, 8 * destinationStride);
        r9.Store(ref destination, 9 * destinationStride);
        r10.Store(ref destination, 10 * destinationStride);
        r11.Store(ref destination, 11 * destinationStride);
        r12.Store(ref destination, 12 * destinationStride);
        r13.Store(ref destination, 13 * destinationStride);
        r14.Store(ref destination, 14 * destinationStride);
        r15.Store(ref destination, 15 * destinationStride);
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

    /// <summary>Four rows of sixteen, transposed within each quarter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(ref Lanes512 r0, ref Lanes512 r1, ref Lanes512 r2, ref Lanes512 r3)
    {
        Vector512<float> low02 = Avx512F.UnpackLow(r0.Value, r2.Value), low13 = Avx512F.UnpackLow(r1.Value, r3.Value);
        Vector512<float> high02 = Avx512F.UnpackHigh(r0.Value, r2.Value), high13 = Avx512F.UnpackHigh(r1.Value, r3.Value);
        r0 = new Lanes512(Avx512F.UnpackLow(low02, low13));
        r1 = new Lanes512(Avx512F.UnpackHigh(low02, low13));
        r2 = new Lanes512(Avx512F.UnpackLow(high02, high13));
        r3 = new Lanes512(Avx512F.UnpackHigh(high02, high13));
    }

    /// <summary>Four rows of four quarters, transposed as a block of 4 × 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(ref Lanes512 r0, ref Lanes512 r1, ref Lanes512 r2, ref Lanes512 r3)
    {
        const byte Lower = 0x44, Upper = 0xEE, Even = 0x88, Odd = 0xDD;
        Vector512<float> lower01 = Avx512F.Shuffle4x128(r0.Value, r1.Value, Lower), lower23 = Avx512F.Shuffle4x128(r2.Value, r3.Value, Lower);
        Vector512<float> upper01 = Avx512F.Shuffle4x128(r0.Value, r1.Value, Upper), upper23 = Avx512F.Shuffle4x128(r2.Value, r3.Value, Upper);
        r0 = new Lanes512(Avx512F.Shuffle4x128(lower01, lower23, Even));
        r1 = new Lanes512(Avx512F.Shuffle4x128(lower01, lower23, Odd));
        r2 = new Lanes512(Avx512F.Shuffle4x128(upper01, upper23, Even));
        r3 = new Lanes512(Avx512F.Shuffle4x128(upper01, upper23, Odd));
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
