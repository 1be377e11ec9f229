using System.ComponentModel;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>i, f, o sigmoids, g a tanh, c′ = f · c + i · g, h′ = o · tanh(c′); the states lie h, c, tanh(c).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct LstmCell : IRecurrentCell
{
    /// <inheritdoc/>
    public static int Gates => 4;

    /// <inheritdoc/>
    public static int Sums => 4;

    /// <inheritdoc/>
    public static int States => 3;

    /// <inheritdoc/>
    public static int CarriedStates => 2;

    /// <inheritdoc/>
    public static void Forward<TLanes>(ref float sums, ref float before, ref float behind, nuint distance, nuint length)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float f = ref Unsafe.Add(ref sums, length), g = ref Unsafe.Add(ref f, length), o = ref Unsafe.Add(ref g, length);
        GateLoops.Sigmoid<TLanes>(ref sums, 2 * length);
        GateLoops.Tanh<TLanes>(ref g, ref g, length);
        GateLoops.Sigmoid<TLanes>(ref o, length);
        for (nuint i = 0; i < length; i += (nuint)TLanes.Count)
        {
            TLanes c = TLanes.Fma(
                TLanes.Load(ref f, i), TLanes.Load(ref before, distance + i), TLanes.Load(ref sums, i) * TLanes.Load(ref g, i));
            TLanes tanh = Elementary.GateTanh(c);
            c.Store(ref behind, distance + i);
            tanh.Store(ref behind, (2 * distance) + i);
            (TLanes.Load(ref o, i) * tanh).Store(ref behind, i);
        }
    }

    /// <inheritdoc/>
    public static void Backward<TLanes>(
        ref float gates, ref float before, ref float behind, nuint distance, ref float dh, ref float dc, ref float gradients, nuint length)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Create(1);
        for (nuint j = 0; j < length; j += (nuint)TLanes.Count)
        {
            TLanes i = TLanes.Load(ref gates, j), f = TLanes.Load(ref gates, length + j);
            TLanes g = TLanes.Load(ref gates, (2 * length) + j), o = TLanes.Load(ref gates, (3 * length) + j);
            TLanes tanh = TLanes.Load(ref behind, (2 * distance) + j), above = TLanes.Load(ref dh, j);
            TLanes d = TLanes.Fma(above * o, TLanes.Fma(-tanh, tanh, one), TLanes.Load(ref dc, j));
            (d * g * TLanes.Fma(-i, i, i)).Store(ref gradients, j);
            (d * TLanes.Load(ref before, distance + j) * TLanes.Fma(-f, f, f)).Store(ref gradients, length + j);
            (d * i * TLanes.Fma(-g, g, one)).Store(ref gradients, (2 * length) + j);
            (above * tanh * TLanes.Fma(-o, o, o)).Store(ref gradients, (3 * length) + j);
            (d * f).Store(ref dc, j);
            TLanes.Create(0).Store(ref dh, j);
        }
    }
}
