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
        Vector128<float> even01 = InterleaveLow(r0.Value, r2.Value), odd01 = InterleaveLow(r1.Value, r3.Value);
        Vector128<float> even23 = InterleaveHigh(r0.Value, r2.Value), odd23 = InterleaveHigh(r1.Value, r3.Value);
        r0 = new Lanes128(InterleaveLow(even01, odd01));
        r1 = new Lanes128(InterleaveHigh(even01, odd01));
        r2 = new Lanes128(InterleaveLow(even23, odd23));
        r3 = new Lanes128(InterleaveHigh(even23, odd23));
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
