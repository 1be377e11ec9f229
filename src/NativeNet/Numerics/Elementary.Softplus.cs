using System.Runtime.CompilerServices;

namespace NativeNet.Numerics;

/// <content>The smooth form of relu.</content>
public static partial class Elementary
{
    /// <summary>log(1 + eˣ): +0 far below, x far above; it never overflows.</summary>
    /// <param name="x">Any float.</param>
    /// <remarks>
    /// relu(x) + log(1 + z) with z = e^−|x|. What the sum 1 + z loses, which is exact, goes into the logarithm's first-order
    /// term: the relative precision of a small z is kept.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Softplus(float x)
    {
        float z = Exp(-MathF.Abs(x));
        float sum = 1f + z;
        float lost = z - (sum - 1f);
        return (x <= 0f ? 0f : x) + (Log(sum) + (lost / sum));
    }

    /// <summary><see cref="Softplus(float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Softplus<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes z = Exp(-TLanes.Abs(x)), one = TLanes.Create(1f), zero = TLanes.Create(0f);
        TLanes sum = one + z;
        TLanes lost = z - (sum - one);
        return TLanes.Select(TLanes.LessThanOrEqual(x, zero), zero, x) + (Log(sum) + (lost / sum));
    }
}
