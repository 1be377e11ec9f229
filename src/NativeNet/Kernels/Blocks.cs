using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Blocks of samples that lie side by side: element e of sample b is at e · blockSize + b.</summary>
/// <remarks>
/// What kernels over blocks do to the lanes behind the last sample does not matter, so they work on whole blocks. A block of
/// one sample is the sample itself; there the last vector reaches over its end.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Blocks
{
    /// <summary>sum = left + right.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="left">(length).</param>
    /// <param name="right">(length).</param>
    /// <param name="sum">(length), overwritten.</param>
    /// <param name="length">Floats, in blocks a multiple of the width.</param>
    public static void Add<TLanes>(ref float left, ref float right, ref float sum, nuint length)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint i = 0; i < length; i += (nuint)TLanes.Count)
            (TLanes.Load(ref left, i) + TLanes.Load(ref right, i)).Store(ref sum, i);
    }

    /// <summary>product = left · right.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="left">(length).</param>
    /// <param name="right">(length).</param>
    /// <param name="product">(length), overwritten; it may be the place of a factor.</param>
    /// <param name="length">Floats, in blocks a multiple of the width.</param>
    public static void Multiply<TLanes>(ref float left, ref float right, ref float product, nuint length)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint i = 0; i < length; i += (nuint)TLanes.Count)
            (TLanes.Load(ref left, i) * TLanes.Load(ref right, i)).Store(ref product, i);
    }

    /// <summary>Adds a gradient to the one that is there.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="sum">(length), added to.</param>
    /// <param name="share">(length).</param>
    /// <param name="length">Floats, a multiple of the width.</param>
    public static void Add<TLanes>(ref float sum, ref float share, nuint length)
        where TLanes : struct, ILanes<TLanes>
        => Add<TLanes>(ref sum, ref share, ref sum, length);

    /// <summary>Copies floats.</summary>
    /// <param name="source">(length).</param>
    /// <param name="destination">(length), overwritten.</param>
    /// <param name="length">Floats; where they are a few and known when code is compiled, no loop is left.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref float source, ref float destination, int length)
        => MemoryMarshal.CreateReadOnlySpan(ref source, length).CopyTo(MemoryMarshal.CreateSpan(ref destination, length));
}
