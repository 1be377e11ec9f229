using System.Runtime.CompilerServices;

namespace NativeNet.Numerics;

/// <content>The functions that approach a constant on the left and z on the right.</content>
public static partial class Activations
{
    /// <summary>α (eᶻ − 1) where z ≤ 0, else z: a negative zero gives +0. Clevert et al., "Fast and Accurate Deep Network
    /// Learning by Exponential Linear Units", 2016.</summary>
    /// <param name="z">Any float.</param>
    /// <param name="alpha">α, positive.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Elu(float z, float alpha) => z <= 0f ? alpha * Elementary.ExpMinusOne(z) : z;

    /// <summary><see cref="Elu(float, float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">Any floats.</param>
    /// <param name="alpha">α, positive.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Elu<TLanes>(TLanes z, TLanes alpha)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Select(TLanes.LessThanOrEqual(z, TLanes.Create(0f)), alpha * Elementary.ExpMinusOne(z), z);

    /// <summary>d · (y + α) where y ≤ 0, else d.</summary>
    /// <param name="y">The output of <see cref="Elu(float, float)"/>.</param>
    /// <param name="d">The gradient with respect to y.</param>
    /// <param name="alpha">α.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float EluBackward(float y, float d, float alpha) => y <= 0f ? MathF.FusedMultiplyAdd(y, d, alpha * d) : d;

    /// <summary><see cref="EluBackward(float, float, float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="y">The outputs.</param>
    /// <param name="d">The gradients with respect to y.</param>
    /// <param name="alpha">α.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes EluBackward<TLanes>(TLanes y, TLanes d, TLanes alpha)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Select(TLanes.LessThanOrEqual(y, TLanes.Create(0f)), TLanes.Fma(y, d, alpha * d), d);

    /// <summary>d · (1 − e⁻ʸ), which is d · sigmoid(z).</summary>
    /// <param name="y">The output of <see cref="Elementary.Softplus(float)"/>.</param>
    /// <param name="d">The gradient with respect to y.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SoftplusBackward(float y, float d) => d * -Elementary.ExpMinusOne(-y);

    /// <summary><see cref="SoftplusBackward(float, float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="y">The outputs.</param>
    /// <param name="d">The gradients with respect to y.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes SoftplusBackward<TLanes>(TLanes y, TLanes d)
        where TLanes : struct, ILanes<TLanes>
        => d * -Elementary.ExpMinusOne(-y);
}
