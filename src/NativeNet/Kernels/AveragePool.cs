using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Description;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Average pooling: the mean of a window's taps inside the image, or their sum divided by all taps.</summary>
/// <remarks>The channels of a position and the samples of a block lie side by side, so vectors run over both.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AveragePool
{
    /// <summary>y[o, c] = Σ x[tap, c] · F, taps ascending, from +0.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(height · width, channels, block).</param>
    /// <param name="y">(windows, channels, block), overwritten.</param>
    /// <param name="window">How the window walks.</param>
    /// <param name="countsPadding">Whether F is one over all taps of a window; else over those inside the image.</param>
    /// <param name="block">The samples side by side.</param>
    public static void Forward<TLanes>(ref float x, ref float y, in Window2D window, bool countsPadding, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint run = (nuint)(window.Channels * block);
        for (int oy = 0; oy < window.Vertical.Output; oy++)
        {
            for (int ox = 0; ox < window.Horizontal.Output; ox++)
            {
                var taps = new WindowTaps(window, oy, ox);
                TLanes reciprocal = Reciprocal<TLanes>(window, countsPadding, taps);
                for (nuint i = 0; i < run; i += (nuint)TLanes.Count)
                    (Sum<TLanes>(ref Unsafe.Add(ref x, i), taps, run) * reciprocal).Store(ref y, i);
                y = ref Unsafe.Add(ref y, run);
            }
        }
    }

    /// <summary>∂x[tap, c] = Σ ∂y[o, c] · F over the windows that hold the tap, windows ascending, from +0.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="dy">(windows, channels, block).</param>
    /// <param name="dx">(height · width, channels, block), overwritten.</param>
    /// <param name="window">How the window walks.</param>
    /// <param name="countsPadding">Whether F is one over all taps of a window; else over those inside the image.</param>
    /// <param name="block">The samples side by side.</param>
    public static void Backward<TLanes>(ref float dy, ref float dx, in Window2D window, bool countsPadding, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint run = (nuint)(window.Channels * block);
        var first = new WindowTaps(window, 0, 0);
        int inside = first.Rows * first.Columns;
        if (window.OutputPositions == 1 && inside * window.Channels == window.InputLength)
        {
            Spread(ref dy, ref dx, Reciprocal<TLanes>(window, countsPadding, first), run, inside);
            return;
        }

        MemoryMarshal.CreateSpan(ref dx, window.InputLength * block).Clear();
        for (int oy = 0; oy < window.Vertical.Output; oy++)
        {
            for (int ox = 0; ox < window.Horizontal.Output; ox++)
            {
                var taps = new WindowTaps(window, oy, ox);
                TLanes reciprocal = Reciprocal<TLanes>(window, countsPadding, taps);
                for (nuint i = 0; i < run; i += (nuint)TLanes.Count)
                    Scatter(ref Unsafe.Add(ref dx, i), TLanes.Load(ref dy, i), reciprocal, taps, run);
                dy = ref Unsafe.Add(ref dy, run);
            }
        }
    }

    /// <summary>F of a window.</summary>
    private static TLanes Reciprocal<TLanes>(in Window2D window, bool countsPadding, in WindowTaps taps)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Create(1f / (countsPadding ? window.Taps : taps.Rows * taps.Columns));

    /// <summary>The gradient of one window over the whole image, position after position: what the sums from +0 would come to.</summary>
    private static void Spread<TLanes>(ref float dy, ref float dx, TLanes reciprocal, nuint run, int positions)
        where TLanes : struct, ILanes<TLanes>
    {
        for (; positions > 0; positions--)
        {
            for (nuint i = 0; i < run; i += (nuint)TLanes.Count)
                TLanes.Fma(TLanes.Load(ref dy, i), reciprocal, TLanes.Create(0)).Store(ref dx, i);
            dx = ref Unsafe.Add(ref dx, run);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sum<TLanes>(ref float x, in WindowTaps taps, nuint run)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = TLanes.Create(0);
        for (int ty = 0; ty < taps.Rows; ty++)
        {
            for (int tx = 0; tx < taps.Columns; tx++)
                sum += TLanes.Load(ref x, (nuint)taps.At(ty, tx) * run);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter<TLanes>(ref float dx, TLanes gradient, TLanes reciprocal, in WindowTaps taps, nuint run)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int ty = 0; ty < taps.Rows; ty++)
        {
            for (int tx = 0; tx < taps.Columns; tx++)
            {
                nuint at = (nuint)taps.At(ty, tx) * run;
                TLanes.Fma(gradient, reciprocal, TLanes.Load(ref dx, at)).Store(ref dx, at);
            }
        }
    }
}
