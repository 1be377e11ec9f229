using System.ComponentModel;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>h′ = tanh(sum).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RnnCell : IRecurrentCell
{
    /// <inheritdoc/>
    public static int Gates => 1;

    /// <inheritdoc/>
    public static int Sums => 1;

    /// <inheritdoc/>
    public static int States => 1;

    /// <inheritdoc/>
    public static int CarriedStates => 1;

    /// <inheritdoc/>
    public static void Forward<TLanes>(ref float sums, ref float before, ref float behind, nuint distance, nuint length)
        where TLanes : struct, ILanes<TLanes>
        => GateLoops.Tanh<TLanes>(ref sums, ref behind, length);

    /// <inheritdoc/>
    public static void Backward<TLanes>(
        ref float gates, ref float before, ref float behind, nuint distance, ref float dh, ref float dc, ref float gradients, nuint length)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint i = 0; i < length; i += (nuint)TLanes.Count)
        {
            Activations.TanhBackward(TLanes.Load(ref behind, i), TLanes.Load(ref dh, i)).Store(ref gradients, i);
            TLanes.Create(0).Store(ref dh, i);
        }
    }
}
