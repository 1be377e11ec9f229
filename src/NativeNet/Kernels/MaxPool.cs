using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Description;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Max pooling: the greatest of a window, of equal ones the first; a NaN stays.</summary>
/// <remarks>The channels of a position and the samples of a block lie side by side, so vectors run over both.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MaxPool
{
    /// <summary>y[o, c] = max over the window's taps of x[tap, c].</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(height · width, channels, block).</param>
    /// <param name="y">(windows, channels, block), overwritten.</param>
    /// <param name="window">How the window walks.</param>
    /// <param name="block">The samples side by side.</param>
    public static void Forward<TLanes>(ref float x, ref float y, in Window2D window, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint run = (nuint)(window.Channels * block);
        for (int oy = 0; oy < window.Vertical.Output; oy++)
        {
            for (int ox = 0; ox < window.Horizontal.Output; ox++)
            {
                var taps = new WindowTaps(window, oy, ox);
                for (nuint i = 0; i < run; i += (nuint)TLanes.Count)
                    Max<TLanes>(ref Unsafe.Add(ref x, i), taps, run).Store(ref y, i);
                y = ref Unsafe.Add(ref y, run);
            }
        }
    }

    /// <summary>∂x[tap, c] = Σ ∂y[o, c] over the windows whose maximum the tap is, windows ascending, from +0.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(height · width, channels, block).</param>
    /// <param name="y">(windows, channels, block).</param>
    /// <param name="dy">(windows, channels, block).</param>
    /// <param name="dx">(height · width, channels, block), overwritten.</param>
    /// <param name="window">How the window walks.</param>
    /// <param name="block">The samples side by side.</param>
    public static void Backward<TLanes>(ref float x, ref float y, ref float dy, ref float dx, in Window2D window, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        MemoryMarshal.CreateSpan(ref dx, window.InputLength * block).Clear();
        nuint run = (nuint)(window.Channels * block);
        for (int oy = 0; oy < window.Vertical.Output; oy++)
        {
            for (int ox = 0; ox < window.Horizontal.Output; ox++)
            {
                var taps = new WindowTaps(window, oy, ox);
                for (nuint i = 0; i < run; i += (nuint)TLanes.Count)
                    Scatter(ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref dx, i), TLanes.Load(ref y, i), TLanes.Load(ref dy, i), taps, run);
                y = ref Unsafe.Add(ref y, run);
                dy = ref Unsafe.Add(ref dy, run);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Max<TLanes>(ref float x, in WindowTaps taps, nuint run)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes max = TLanes.Load(ref x, (nuint)taps.First * run);
        for (int ty = 0; ty < taps.Rows; ty++)
        {
            for (int tx = 0; tx < taps.Columns; tx++)
            {
                TLanes value = TLanes.Load(ref x, (nuint)taps.At(ty, tx) * run);
                TLanes isGreater = TLanes.Select(TLanes.LessThanOrEqual(max, max), value, max); // a NaN is kept
                max = TLanes.Select(TLanes.LessThanOrEqual(value, max), max, isGreater);
            }
        }

        return max;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter<TLanes>(ref float x, ref float dx, TLanes max, TLanes gradient, in WindowTaps taps, nuint run)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int ty = 0; ty < taps.Rows; ty++)
        {
            for (int tx = 0; tx < taps.Columns; tx++)
            {
                // Behind the first tap that is the maximum nothing is left to give: x ≤ NaN is false.
                nuint at = (nuint)taps.At(ty, tx) * run;
                TLanes isMax = TLanes.LessThanOrEqual(max, TLanes.Load(ref x, at));
                TLanes sum = TLanes.Load(ref dx, at);
                TLanes.Select(isMax, sum + gradient, sum).Store(ref dx, at);
                max = TLanes.Select(isMax, TLanes.Create(float.NaN), max);
            }
        }
    }
}
