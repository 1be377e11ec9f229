using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Σ x.</summary>
internal readonly ref struct ValueTerm : IChainTerm
{
    private readonly ref float _x;

    /// <summary>Creates the term.</summary>
    /// <param name="x">The batch's values.</param>
    public ValueTerm(ref float x) => _x = ref x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TLanes>(TLanes sum, nuint index)
        where TLanes : struct, ILanes<TLanes>
        => sum + TLanes.Load(ref _x, index);
}

/// <summary>Σ x · y, each product added in one fma.</summary>
internal readonly ref struct ProductTerm : IChainTerm
{
    private readonly ref float _x;
    private readonly ref float _y;

    /// <summary>Creates the term.</summary>
    /// <param name="x">The batch's values.</param>
    /// <param name="y">Other values in the same places.</param>
    public ProductTerm(ref float x, ref float y)
    {
        _x = ref x;
        _y = ref y;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TLanes>(TLanes sum, nuint index)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Fma(TLanes.Load(ref _x, index), TLanes.Load(ref _y, index), sum);
}
