using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Σ x.</summary>
internal readonly ref struct ValueTerm : IChainTerm<ValueTerm>
{
    private readonly ref float _x;

    /// <summary>Creates the term.</summary>
    /// <param name="x">The batch's values.</param>
    public ValueTerm(ref float x) => _x = ref x;

    /// <inheritdoc/>
    public ValueTerm Of(nuint channel) => this;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TLanes>(TLanes sum, nuint index)
        where TLanes : struct, ILanes<TLanes>
        => sum + TLanes.Load(ref _x, index);
}

/// <summary>Σ ∂y · z where z ≤ 0, each product added in one fma; elsewhere nothing is added.</summary>
internal readonly ref struct SlopeTerm : IChainTerm<SlopeTerm>
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
    public SlopeTerm Of(nuint channel) => this;

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
internal readonly ref struct ProductTerm : IChainTerm<ProductTerm>
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
    public ProductTerm Of(nuint channel) => this;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TLanes>(TLanes sum, nuint index)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Fma(TLanes.Load(ref _x, index), TLanes.Load(ref _y, index), sum);
}

/// <summary>Σ (x − mean)², each square added in one fma.</summary>
internal readonly ref struct SquaredDistanceTerm : IChainTerm<SquaredDistanceTerm>
{
    private readonly ref float _x;
    private readonly ref float _means;
    private readonly float _mean;

    /// <summary>Creates the term.</summary>
    /// <param name="x">The batch's values.</param>
    /// <param name="means">What is subtracted, one a channel.</param>
    public SquaredDistanceTerm(ref float x, ref float means)
        : this(ref x, ref means, 0)
    {
    }

    private SquaredDistanceTerm(ref float x, ref float means, float mean)
    {
        _x = ref x;
        _means = ref means;
        _mean = mean;
    }

    /// <inheritdoc/>
    public SquaredDistanceTerm Of(nuint channel) => new(ref _x, ref _means, Unsafe.Add(ref _means, channel));

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
internal readonly ref struct NormalizedProductTerm : IChainTerm<NormalizedProductTerm>
{
    private readonly ref float _y;
    private readonly ref float _x;
    private readonly ref float _means;
    private readonly ref float _inverses;
    private readonly float _mean;
    private readonly float _inverse;

    /// <summary>Creates the term.</summary>
    /// <param name="y">The other factor.</param>
    /// <param name="x">The batch's values.</param>
    /// <param name="means">Their means, one a channel.</param>
    /// <param name="inverses">One over their deviations.</param>
    public NormalizedProductTerm(ref float y, ref float x, ref float means, ref float inverses)
    {
        _y = ref y;
        _x = ref x;
        _means = ref means;
        _inverses = ref inverses;
    }

    private NormalizedProductTerm(NormalizedProductTerm all, nuint channel)
        : this(ref all._y, ref all._x, ref all._means, ref all._inverses)
    {
        _mean = Unsafe.Add(ref all._means, channel);
        _inverse = Unsafe.Add(ref all._inverses, channel);
    }

    /// <inheritdoc/>
    public NormalizedProductTerm Of(nuint channel) => new(this, channel);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Add<TLanes>(TLanes sum, nuint index)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Fma(TLanes.Load(ref _y, index), (TLanes.Load(ref _x, index) - TLanes.Create(_mean)) * TLanes.Create(_inverse), sum);
}
