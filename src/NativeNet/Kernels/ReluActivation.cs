using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Kernels;

/// <summary>+0 where the sum z ≤ 0, else z. Where the output is ≤ 0 is where the sum is, so that either tells the derivative.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "It has no values to compare.")]
public readonly struct ReluActivation : IFusedActivation
{
    /// <inheritdoc/>
    public static bool IsIdentity => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Forward<TLanes>(TLanes z)
        where TLanes : struct, ILanes<TLanes>
        => Activations.Relu(z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Backward<TLanes>(TLanes z, TLanes d)
        where TLanes : struct, ILanes<TLanes>
        => Activations.ReluBackward(z, d);
}
