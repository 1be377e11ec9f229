using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NativeNet.Numerics;

namespace NativeNet.Program.Bench;

/// <summary>Fused multiply-adds between registers: what a core can do at most at the width in use, the measure of all kernels.</summary>
internal static class FmaLoop
{
    /// <summary>More independent chains than latency times throughput (8 to 10 on today's cores), yet fewer than 16 registers.</summary>
    public const int Chains = 12;

    /// <summary>Some ten microseconds.</summary>
    private const int Iterations = 4096;

    /// <summary>The loop at the width that the generated kernels use.</summary>
    public static Workload Create()
        => Vector512.IsHardwareAccelerated ? Create<Lanes512>()
        : Vector256.IsHardwareAccelerated ? Create<Lanes256>()
        : Create<Lanes128>();

    private static Workload Create<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        float[] sink = new float[TLanes.Count];
        return new Workload("fma loop", (double)Iterations * Chains * TLanes.Count, () => Run<TLanes>(sink));
    }

    /// <summary>Every chain tends to 1, so no value overflows or becomes denormal.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run<TLanes>(float[] sink)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes half = TLanes.Create(0.5f);
        TLanes a = half, b = half, c = half, d = half, e = half, f = half, g = half, h = half, i = half, j = half, k = half, l = half;
        for (int n = 0; n < Iterations; n++)
        {
            a = TLanes.Fma(a, half, half);
            b = TLanes.Fma(b, half, half);
            c = TLanes.Fma(c, half, half);
            d = TLanes.Fma(d, half, half);
            e = TLanes.Fma(e, half, half);
            f = TLanes.Fma(f, half, half);
            g = TLanes.Fma(g, half, half);
            h = TLanes.Fma(h, half, half);
            i = TLanes.Fma(i, half, half);
            j = TLanes.Fma(j, half, half);
            k = TLanes.Fma(k, half, half);
            l = TLanes.Fma(l, half, half);
        }

        (a + b + c + d + e + f + g + h + i + j + k + l).Store(ref sink[0], 0);
    }
}
