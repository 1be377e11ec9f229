using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>Eight rows of sums of products, one vector each: what every kernel with such sums holds in registers.</summary>
/// <remarks>
/// Eight sums hide the latency of a fused multiply-add, and with a vector and a broadcast they fit into 16 registers. Sizes
/// and strides are arguments, so that one loop serves all shapes.
/// </remarks>
/// <typeparam name="TLanes">The width.</typeparam>
internal struct SumTile<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private TLanes _s0, _s1, _s2, _s3, _s4, _s5, _s6, _s7;

    /// <summary>Starts all sums from the same vector.</summary>
    /// <param name="first">The value.</param>
    public SumTile(TLanes first)
        => _s0 = _s1 = _s2 = _s3 = _s4 = _s5 = _s6 = _s7 = first;

    /// <summary>Starts each row from one float in all lanes.</summary>
    /// <param name="first">The float of row 0.</param>
    /// <param name="rows">Where those of the others lie.</param>
    /// <returns>The tile.</returns>
    public static SumTile<TLanes> Broadcast(ref float first, in TileRows rows) => new()
    {
        _s0 = TLanes.Create(first),
        _s1 = TLanes.Create(Unsafe.Add(ref first, rows.At1)),
        _s2 = TLanes.Create(Unsafe.Add(ref first, rows.At2)),
        _s3 = TLanes.Create(Unsafe.Add(ref first, rows.At3)),
        _s4 = TLanes.Create(Unsafe.Add(ref first, rows.At4)),
        _s5 = TLanes.Create(Unsafe.Add(ref first, rows.At5)),
        _s6 = TLanes.Create(Unsafe.Add(ref first, rows.At6)),
        _s7 = TLanes.Create(Unsafe.Add(ref first, rows.At7)),
    };

    /// <summary>Starts each row from what lies in memory.</summary>
    /// <param name="first">Row 0.</param>
    /// <param name="rows">Where the others lie.</param>
    /// <returns>The tile.</returns>
    public static SumTile<TLanes> Load(ref float first, in TileRows rows) => new()
    {
        _s0 = TLanes.Load(ref first, 0),
        _s1 = TLanes.Load(ref Unsafe.Add(ref first, rows.At1), 0),
        _s2 = TLanes.Load(ref Unsafe.Add(ref first, rows.At2), 0),
        _s3 = TLanes.Load(ref Unsafe.Add(ref first, rows.At3), 0),
        _s4 = TLanes.Load(ref Unsafe.Add(ref first, rows.At4), 0),
        _s5 = TLanes.Load(ref Unsafe.Add(ref first, rows.At5), 0),
        _s6 = TLanes.Load(ref Unsafe.Add(ref first, rows.At6), 0),
        _s7 = TLanes.Load(ref Unsafe.Add(ref first, rows.At7), 0),
    };

    /// <summary>Stores the sums.</summary>
    /// <param name="first">Where row 0 goes.</param>
    /// <param name="rows">Where the others go.</param>
    public readonly void Store(ref float first, in TileRows rows)
    {
        _s0.Store(ref first, 0);
        _s1.Store(ref Unsafe.Add(ref first, rows.At1), 0);
        _s2.Store(ref Unsafe.Add(ref first, rows.At2), 0);
        _s3.Store(ref Unsafe.Add(ref first, rows.At3), 0);
        _s4.Store(ref Unsafe.Add(ref first, rows.At4), 0);
        _s5.Store(ref Unsafe.Add(ref first, rows.At5), 0);
        _s6.Store(ref Unsafe.Add(ref first, rows.At6), 0);
        _s7.Store(ref Unsafe.Add(ref first, rows.At7), 0);
    }

    /// <summary>Adds the sums to what lies in memory, each row once.</summary>
    /// <param name="first">Row 0, added to.</param>
    /// <param name="rows">Where the others lie.</param>
    public readonly void AddTo(ref float first, in TileRows rows)
    {
        SumTile<TLanes> before = Load(ref first, rows);
        new SumTile<TLanes>
        {
            _s0 = before._s0 + _s0,
            _s1 = before._s1 + _s1,
            _s2 = before._s2 + _s2,
            _s3 = before._s3 + _s3,
            _s4 = before._s4 + _s4,
            _s5 = before._s5 + _s5,
            _s6 = before._s6 + _s6,
            _s7 = before._s7 + _s7,
        }.Store(ref first, rows);
    }

    /// <summary>sum[r] += factor[r] · vector, one float a row and one vector for all rows, over so many steps.</summary>
    /// <param name="factors">The float of row 0.</param>
    /// <param name="rows">Where those of the others lie.</param>
    /// <param name="factorStep">Floats from one step's to the next's.</param>
    /// <param name="vectors">The vector.</param>
    /// <param name="vectorStep">Floats from one step's to the next's.</param>
    /// <param name="count">The steps.</param>
    public void Add(ref float factors, in TileRows rows, nint factorStep, ref float vectors, nint vectorStep, int count)
    {
        (nint r1, nint r2, nint r3, nint r4, nint r5, nint r6, nint r7) = (rows.At1, rows.At2, rows.At3, rows.At4, rows.At5, rows.At6, rows.At7);
        TLanes s0 = _s0, s1 = _s1, s2 = _s2, s3 = _s3, s4 = _s4, s5 = _s5, s6 = _s6, s7 = _s7;
        for (; count > 0; count--)
        {
            TLanes vector = TLanes.Load(ref vectors, 0);
            s0 = TLanes.Fma(TLanes.Create(factors), vector, s0);
            s1 = TLanes.Fma(TLanes.Create(Unsafe.Add(ref factors, r1)), vector, s1);
            s2 = TLanes.Fma(TLanes.Create(Unsafe.Add(ref factors, r2)), vector, s2);
            s3 = TLanes.Fma(TLanes.Create(Unsafe.Add(ref factors, r3)), vector, s3);
            s4 = TLanes.Fma(TLanes.Create(Unsafe.Add(ref factors, r4)), vector, s4);
            s5 = TLanes.Fma(TLanes.Create(Unsafe.Add(ref factors, r5)), vector, s5);
            s6 = TLanes.Fma(TLanes.Create(Unsafe.Add(ref factors, r6)), vector, s6);
            s7 = TLanes.Fma(TLanes.Create(Unsafe.Add(ref factors, r7)), vector, s7);
            factors = ref Unsafe.Add(ref factors, factorStep);
            vectors = ref Unsafe.Add(ref vectors, vectorStep);
        }

        (_s0, _s1, _s2, _s3, _s4, _s5, _s6, _s7) = (s0, s1, s2, s3, s4, s5, s6, s7);
    }

    /// <summary>sum[r] += factor[r] · vector[r], one float and one vector a row.</summary>
    /// <param name="factors">The float of row 0.</param>
    /// <param name="factorRows">Where those of the others lie.</param>
    /// <param name="factorStep">Floats from one step's to the next's.</param>
    /// <param name="vectors">The vector of row 0.</param>
    /// <param name="rows">Where those of the others lie.</param>
    /// <param name="vectorStep">Floats from one step's to the next's.</param>
    /// <param name="count">The steps.</param>
    public void AddEach(
        ref float factors, in TileRows factorRows, nint factorStep, ref float vectors, in TileRows rows, nint vectorStep, int count)
    {
        TLanes s0 = _s0, s1 = _s1, s2 = _s2, s3 = _s3, s4 = _s4, s5 = _s5, s6 = _s6, s7 = _s7;
        for (; count > 0; count--)
        {
            s0 = TLanes.Fma(TLanes.Create(factors), TLanes.Load(ref vectors, 0), s0);
            s1 = TLanes.Fma(TLanes.Create(Unsafe.Add(ref factors, factorRows.At1)), TLanes.Load(ref Unsafe.Add(ref vectors, rows.At1), 0), s1);
            s2 = TLanes.Fma(TLanes.Create(Unsafe.Add(ref factors, factorRows.At2)), TLanes.Load(ref Unsafe.Add(ref vectors, rows.At2), 0), s2);
            s3 = TLanes.Fma(TLanes.Create(Unsafe.Add(ref factors, factorRows.At3)), TLanes.Load(ref Unsafe.Add(ref vectors, rows.At3), 0), s3);
            s4 = TLanes.Fma(TLanes.Create(Unsafe.Add(ref factors, factorRows.At4)), TLanes.Load(ref Unsafe.Add(ref vectors, rows.At4), 0), s4);
            s5 = TLanes.Fma(TLanes.Create(Unsafe.Add(ref factors, factorRows.At5)), TLanes.Load(ref Unsafe.Add(ref vectors, rows.At5), 0), s5);
            s6 = TLanes.Fma(TLanes.Create(Unsafe.Add(ref factors, factorRows.At6)), TLanes.Load(ref Unsafe.Add(ref vectors, rows.At6), 0), s6);
            s7 = TLanes.Fma(TLanes.Create(Unsafe.Add(ref factors, factorRows.At7)), TLanes.Load(ref Unsafe.Add(ref vectors, rows.At7), 0), s7);
            factors = ref Unsafe.Add(ref factors, factorStep);
            vectors = ref Unsafe.Add(ref vectors, vectorStep);
        }

        (_s0, _s1, _s2, _s3, _s4, _s5, _s6, _s7) = (s0, s1, s2, s3, s4, s5, s6, s7);
    }

    /// <summary>sum[r] += shared · vector[r], one vector for all rows and one a row.</summary>
    /// <param name="shared">The vector for all rows.</param>
    /// <param name="sharedStep">Floats from one step's to the next's.</param>
    /// <param name="vectors">The vector of row 0.</param>
    /// <param name="rows">Where those of the others lie.</param>
    /// <param name="vectorStep">Floats from one step's to the next's.</param>
    /// <param name="count">The steps.</param>
    public void AddVectors(ref float shared, nint sharedStep, ref float vectors, in TileRows rows, nint vectorStep, int count)
    {
        (nint r1, nint r2, nint r3, nint r4, nint r5, nint r6, nint r7) = (rows.At1, rows.At2, rows.At3, rows.At4, rows.At5, rows.At6, rows.At7);
        TLanes s0 = _s0, s1 = _s1, s2 = _s2, s3 = _s3, s4 = _s4, s5 = _s5, s6 = _s6, s7 = _s7;
        for (; count > 0; count--)
        {
            TLanes factor = TLanes.Load(ref shared, 0);
            s0 = TLanes.Fma(factor, TLanes.Load(ref vectors, 0), s0);
            s1 = TLanes.Fma(factor, TLanes.Load(ref Unsafe.Add(ref vectors, r1), 0), s1);
            s2 = TLanes.Fma(factor, TLanes.Load(ref Unsafe.Add(ref vectors, r2), 0), s2);
            s3 = TLanes.Fma(factor, TLanes.Load(ref Unsafe.Add(ref vectors, r3), 0), s3);
            s4 = TLanes.Fma(factor, TLanes.Load(ref Unsafe.Add(ref vectors, r4), 0), s4);
            s5 = TLanes.Fma(factor, TLanes.Load(ref Unsafe.Add(ref vectors, r5), 0), s5);
            s6 = TLanes.Fma(factor, TLanes.Load(ref Unsafe.Add(ref vectors, r6), 0), s6);
            s7 = TLanes.Fma(factor, TLanes.Load(ref Unsafe.Add(ref vectors, r7), 0), s7);
            shared = ref Unsafe.Add(ref shared, sharedStep);
            vectors = ref Unsafe.Add(ref vectors, vectorStep);
        }

        (_s0, _s1, _s2, _s3, _s4, _s5, _s6, _s7) = (s0, s1, s2, s3, s4, s5, s6, s7);
    }

    /// <summary>sum[r] += left[r] · right[r], two vectors a row, each row's as far apart.</summary>
    /// <param name="left">The one vector of row 0.</param>
    /// <param name="leftStep">Floats from one step's to the next's.</param>
    /// <param name="right">The other vector of row 0.</param>
    /// <param name="rows">Where those of the other rows lie, on both sides.</param>
    /// <param name="rightStep">Floats from one step's to the next's.</param>
    /// <param name="count">The steps.</param>
    public void AddPairs(ref float left, nint leftStep, ref float right, in TileRows rows, nint rightStep, int count)
    {
        (nint r1, nint r2, nint r3, nint r4, nint r5, nint r6, nint r7) = (rows.At1, rows.At2, rows.At3, rows.At4, rows.At5, rows.At6, rows.At7);
        TLanes s0 = _s0, s1 = _s1, s2 = _s2, s3 = _s3, s4 = _s4, s5 = _s5, s6 = _s6, s7 = _s7;
        for (; count > 0; count--)
        {
            s0 = TLanes.Fma(TLanes.Load(ref left, 0), TLanes.Load(ref right, 0), s0);
            s1 = TLanes.Fma(TLanes.Load(ref Unsafe.Add(ref left, r1), 0), TLanes.Load(ref Unsafe.Add(ref right, r1), 0), s1);
            s2 = TLanes.Fma(TLanes.Load(ref Unsafe.Add(ref left, r2), 0), TLanes.Load(ref Unsafe.Add(ref right, r2), 0), s2);
            s3 = TLanes.Fma(TLanes.Load(ref Unsafe.Add(ref left, r3), 0), TLanes.Load(ref Unsafe.Add(ref right, r3), 0), s3);
            s4 = TLanes.Fma(TLanes.Load(ref Unsafe.Add(ref left, r4), 0), TLanes.Load(ref Unsafe.Add(ref right, r4), 0), s4);
            s5 = TLanes.Fma(TLanes.Load(ref Unsafe.Add(ref left, r5), 0), TLanes.Load(ref Unsafe.Add(ref right, r5), 0), s5);
            s6 = TLanes.Fma(TLanes.Load(ref Unsafe.Add(ref left, r6), 0), TLanes.Load(ref Unsafe.Add(ref right, r6), 0), s6);
            s7 = TLanes.Fma(TLanes.Load(ref Unsafe.Add(ref left, r7), 0), TLanes.Load(ref Unsafe.Add(ref right, r7), 0), s7);
            left = ref Unsafe.Add(ref left, leftStep);
            right = ref Unsafe.Add(ref right, rightStep);
        }

        (_s0, _s1, _s2, _s3, _s4, _s5, _s6, _s7) = (s0, s1, s2, s3, s4, s5, s6, s7);
    }
}
