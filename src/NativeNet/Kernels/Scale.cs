using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Values times fixed factors, in both directions.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Scale
{
    /// <summary>The floats that a list of factors is a multiple of: the widest vector.</summary>
    public const int FactorsAlignment = 16;

    /// <summary>y = x · factor.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(length).</param>
    /// <param name="y">(length), overwritten.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="length">Floats, in blocks a multiple of the width.</param>
    public static void Apply<TLanes>(ref float x, ref float y, float factor, nuint length)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint i = 0; i < length; i += (nuint)TLanes.Count)
            (TLanes.Load(ref x, i) * TLanes.Create(factor)).Store(ref y, i);
    }

    /// <summary>y = x · factors[c].</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">(positions, channels, block).</param>
    /// <param name="y">(positions, channels, block), overwritten; not x.</param>
    /// <param name="factors">One a channel, then zeros up to a multiple of <see cref="FactorsAlignment"/>.</param>
    /// <param name="positions">The positions of a sample.</param>
    /// <param name="channels">The channels of a position.</param>
    /// <param name="block">The samples side by side; the channels of one sample lie in lanes.</param>
    public static void Apply<TLanes>(ref float x, ref float y, ReadOnlySpan<float> factors, int positions, int channels, int block)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint run = (nuint)(channels * block);
        ref float first = ref MemoryMarshal.GetReference(factors);
        for (int p = 0; p < positions; p++)
        {
            for (nuint i = 0; i < run; i += (nuint)TLanes.Count)
            {
                TLanes factor = block == 1 ? TLanes.Load(ref first, i) : TLanes.Create(Unsafe.Add(ref first, i / (nuint)block));
                (TLanes.Load(ref x, i) * factor).Store(ref y, i);
            }

            x = ref Unsafe.Add(ref x, run);
            y = ref Unsafe.Add(ref y, run);
        }
    }
}
