using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>r and z sigmoids, n = tanh(s + r · s′), h′ = n + z · (h − n); the sums lie r, z, s, s′.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct GruCell : IRecurrentCell
{
    /// <inheritdoc/>
    public static int Gates => 3;

    /// <inheritdoc/>
    public static int Sums => 4;

    /// <inheritdoc/>
    public static int States => 1;

    /// <inheritdoc/>
    public static int CarriedStates => 1;

    /// <inheritdoc/>
    public static void Forward<TLanes>(ref float sums, ref float before, ref float behind, nuint distance, nuint length)
        where TLanes : struct, ILanes<TLanes>
    {
        GateLoops.Sigmoid<TLanes>(ref sums, 2 * length);
        ref float z = ref Unsafe.Add(ref sums, length), n = ref Unsafe.Add(ref z, length), hidden = ref Unsafe.Add(ref n, length);
        for (nuint i = 0; i < length; i += (nuint)TLanes.Count)
        {
            TLanes gate = Elementary.GateTanh(TLanes.Fma(TLanes.Load(ref sums, i), TLanes.Load(ref hidden, i), TLanes.Load(ref n, i)));
            gate.Store(ref n, i);
            TLanes.Fma(TLanes.Load(ref z, i), TLanes.Load(ref before, i) - gate, gate).Store(ref behind, i);
        }
    }

    /// <inheritdoc/>
    public static void Backward<TLanes>(
        ref float gates, ref float before, ref float behind, nuint distance, ref float dh, ref float dc, ref float gradients, nuint length)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Create(1);
        for (nuint i = 0; i < length; i += (nuint)TLanes.Count)
        {
            TLanes r = TLanes.Load(ref gates, i), z = TLanes.Load(ref gates, length + i);
            TLanes n = TLanes.Load(ref gates, (2 * length) + i), hidden = TLanes.Load(ref gates, (3 * length) + i), d = TLanes.Load(ref dh, i);
            TLanes dn = TLanes.Fma(-z, d, d) * TLanes.Fma(-n, n, one);
            (dn * hidden * TLanes.Fma(-r, r, r)).Store(ref gradients, i);
            (d * (TLanes.Load(ref before, i) - n) * TLanes.Fma(-z, z, z)).Store(ref gradients, length + i);
            dn.Store(ref gradients, (2 * length) + i);
            (dn * r).Store(ref gradients, (3 * length) + i);
            (d * z).Store(ref dh, i);
        }
    }
}
