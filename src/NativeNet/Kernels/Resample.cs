using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Positions of an image, repeated or left out.</summary>
/// <remarks>The channels of a position and the samples of a block lie side by side and move together.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Resample
{
    /// <summary>y[o] = x[i], where output o shows i.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(height · width, channels, block).</param>
    /// <param name="y">(positions of the output, channels, block), overwritten.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    public static void Forward<TLanes>(ref float x, ref float y, in ResampleShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        int run = shape.Channels * block;
        for (int oy = 0; oy < shape.Vertical.Output; oy++)
        {
            for (int ox = 0; ox < shape.Horizontal.Output; ox++)
            {
                MemoryMarshal.CreateSpan(ref Shown(ref x, shape, oy, ox, run), run).CopyTo(MemoryMarshal.CreateSpan(ref y, run));
                y = ref Unsafe.Add(ref y, run);
            }
        }
    }

    /// <summary>∂x[i] = Σ ∂y[o] over the outputs that show i, ascending, from +0.</summary>
    /// <typeparam name="TLanes">The width, at most that of a block.</typeparam>
    /// <param name="dy">(positions of the output, channels, block).</param>
    /// <param name="dx">(height · width, channels, block), overwritten.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="block">The samples side by side.</param>
    public static void Backward<TLanes>(ref float dy, ref float dx, in ResampleShape shape, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        int run = shape.Channels * block;
        MemoryMarshal.CreateSpan(ref dx, shape.Vertical.Input * shape.Horizontal.Input * run).Clear();
        for (int oy = 0; oy < shape.Vertical.Output; oy++)
        {
            for (int ox = 0; ox < shape.Horizontal.Output; ox++)
            {
                ref float sum = ref Shown(ref dx, shape, oy, ox, run);
                for (nuint i = 0; i < (nuint)run; i += (nuint)TLanes.Count)
                    (TLanes.Load(ref sum, i) + TLanes.Load(ref dy, i)).Store(ref sum, i);
                dy = ref Unsafe.Add(ref dy, run);
            }
        }
    }

    private static ref float Shown(ref float image, in ResampleShape shape, int oy, int ox, int run)
        => ref Unsafe.Add(ref image, ((nint)shape.Vertical.Position(oy) * shape.Horizontal.Input * run) + ((nint)shape.Horizontal.Position(ox) * run));
}
