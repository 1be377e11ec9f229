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
    public static int Sums => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<TLanes>(ref float chains, nuint apart, nuint channel, PositionRange elements)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = TLanes.Load(ref chains, 0);
        for (nuint i = elements.Start; i < elements.End; i += elements.Step)
            sum += TLanes.Load(ref _x, i);
        sum.Store(ref chains, 0);
    }
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
    public static int Sums => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<TLanes>(ref float chains, nuint apart, nuint channel, PositionRange elements)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = TLanes.Load(ref chains, 0);
        for (nuint i = elements.Start; i < elements.End; i += elements.Step)
        {
            TLanes z = TLanes.Load(ref _z, i);
            sum = TLanes.Select(TLanes.LessThanOrEqual(z, TLanes.Create(0f)), TLanes.Fma(TLanes.Load(ref _dy, i), z, sum), sum);
        }

        sum.Store(ref chains, 0);
    }
}

/// <summary>Σ x · y, each product added in one fma, and Σ x.</summary>
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
    public static int Sums => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<TLanes>(ref float chains, nuint apart, nuint channel, PositionRange elements)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes products = TLanes.Load(ref chains, 0), sum = TLanes.Load(ref chains, apart);
        for (nuint i = elements.Start; i < elements.End; i += elements.Step)
        {
            TLanes x = TLanes.Load(ref _x, i);
            products = TLanes.Fma(x, TLanes.Load(ref _y, i), products);
            sum += x;
        }

        products.Store(ref chains, 0);
        sum.Store(ref chains, apart);
    }
}

/// <summary>Σ (x − mean)², each square added in one fma.</summary>
internal readonly ref struct SquaredDistanceTerm : IChainTerm<SquaredDistanceTerm>
{
    private readonly ref float _x;
    private readonly ref float _means;

    /// <summary>Creates the term.</summary>
    /// <param name="x">The batch's values.</param>
    /// <param name="means">What is subtracted, one a channel.</param>
    public SquaredDistanceTerm(ref float x, ref float means)
    {
        _x = ref x;
        _means = ref means;
    }

    /// <inheritdoc/>
    public static int Sums => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<TLanes>(ref float chains, nuint apart, nuint channel, PositionRange elements)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes mean = TLanes.Create(Unsafe.Add(ref _means, channel)), sum = TLanes.Load(ref chains, 0);
        for (nuint i = elements.Start; i < elements.End; i += elements.Step)
        {
            TLanes distance = TLanes.Load(ref _x, i) - mean;
            sum = TLanes.Fma(distance, distance, sum);
        }

        sum.Store(ref chains, 0);
    }
}

/// <summary>Σ ∂z · x̂, x̂ = (x − mean) · inverse, each product added in one fma, and Σ ∂z: what comes of ∂y before the activation.</summary>
/// <typeparam name="TActivation">What is applied to z = x̂ · weight + bias.</typeparam>
internal readonly ref struct NormalizedProductTerm<TActivation> : IChainTerm<NormalizedProductTerm<TActivation>>
    where TActivation : struct, IFusedActivation
{
    private readonly ref float _dy;
    private readonly ref float _x;
    private readonly ref float _means;
    private readonly ref float _inverses;
    private readonly ref float _weights;
    private readonly ref float _biases;

    /// <summary>Creates the term.</summary>
    /// <param name="dy">The gradients of the outputs.</param>
    /// <param name="x">The batch's values.</param>
    /// <param name="statistics">Their moments.</param>
    /// <param name="weights">The weights, one a channel.</param>
    /// <param name="biases">The biases.</param>
    public NormalizedProductTerm(ref float dy, ref float x, BatchStatistics statistics, ref float weights, ref float biases)
    {
        _dy = ref dy;
        _x = ref x;
        _means = ref statistics.Mean;
        _inverses = ref statistics.Inverse;
        _weights = ref weights;
        _biases = ref biases;
    }

    /// <inheritdoc/>
    public static int Sums => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<TLanes>(ref float chains, nuint apart, nuint channel, PositionRange elements)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes mean = TLanes.Create(Unsafe.Add(ref _means, channel)), inverse = TLanes.Create(Unsafe.Add(ref _inverses, channel));
        TLanes weight = TLanes.Create(Unsafe.Add(ref _weights, channel)), bias = TLanes.Create(Unsafe.Add(ref _biases, channel));
        TLanes products = TLanes.Load(ref chains, 0), sum = TLanes.Load(ref chains, apart);
        for (nuint i = elements.Start; i < elements.End; i += elements.Step)
        {
            TLanes normalized = (TLanes.Load(ref _x, i) - mean) * inverse, dz = TLanes.Load(ref _dy, i);
            if (!TActivation.IsIdentity)
                dz = TActivation.Backward(TLanes.Fma(normalized, weight, bias), dz);
            products = TLanes.Fma(dz, normalized, products);
            sum += dz;
        }

        products.Store(ref chains, 0);
        sum.Store(ref chains, apart);
    }
}
