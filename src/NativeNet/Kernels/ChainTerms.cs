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

/// <summary>Σ ∂y · z where z ≤ 0, each product added in one fma; elsewhere nothing is added.</summary>
internal readonly ref struct SlopeTerm : IChainTerm
{
    private readonly ref float _z;
    private readonly ref float _dy;

    /// <summary>Creates the term.</summary>
    /// <param name="z">The batch's values.</param>
    /// <param name="dy">Their gradients, in the same places.</param>
    public SlopeTerm(ref float z, ref float dy)
    {
        _z = ref z;
        _dy = ref dy;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TLanes>(TLanes sum, nuint index)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes z = TLanes.Load(ref _z, index);
        return TLanes.Select(TLanes.LessThanOrEqual(z, TLanes.Create(0f)), TLanes.Fma(TLanes.Load(ref _dy, index), z, sum), sum);
    }
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

/// <summary>Σ (x − mean)², each square added in one fma.</summary>
internal readonly ref struct SquaredDistanceTerm : IChainTerm
{
    private readonly ref float _x;
    private readonly float _mean;

    /// <summary>Creates the term.</summary>
    /// <param name="x">The batch's values.</param>
    /// <param name="mean">What is subtracted.</param>
    public SquaredDistanceTerm(ref float x, float mean)
    {
        _x = ref x;
        _mean = mean;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TLanes>(TLanes sum, nuint index)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes distance = TLanes.Load(ref _x, index) - TLanes.Create(_mean);
        return TLanes.Fma(distance, distance, sum);
    }
}

/// <summary>Σ y · x̂, x̂ = (x − mean) · inverse, each product added in one fma.</summary>
internal readonly ref struct NormalizedProductTerm : IChainTerm
{
    private readonly ref float _y;
    private readonly ref float _x;
    private readonly float _mean;
    private readonly float _inverse;

    /// <summary>Creates the term.</summary>
    /// <param name="y">The other factor.</param>
    /// <param name="x">The batch's values.</param>
    /// <param name="mean">Their mean.</param>
    /// <param name="inverse">One over their deviation.</param>
    public NormalizedProductTerm(ref float y, ref float x, float mean, float inverse)
    {
        _y = ref y;
        _x = ref x;
        _mean = mean;
        _inverse = inverse;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TLanes>(TLanes sum, nuint index)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Fma(TLanes.Load(ref _y, index), (TLanes.Load(ref _x, index) - TLanes.Create(_mean)) * TLanes.Create(_inverse), sum);
}
