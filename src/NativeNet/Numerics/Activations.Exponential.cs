using System.Runtime.CompilerServices;

namespace NativeNet.Numerics;

/// <content>The functions that approach a constant on the left and z on the right.</content>
public static partial class Activations
{
    /// <summary>eᶻ − 1 where z ≤ 0, else z: a negative zero gives +0. Clevert et al., "Fast and Accurate Deep Network
    /// Learning by Exponential Linear Units", 2016, with α = 1.</summary>
    /// <param name="z">Any float.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Elu(float z) => z <= 0f ? Elementary.ExpMinusOne(z) : z;

    /// <summary><see cref="Elu(float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Elu<TLanes>(TLanes z)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Select(TLanes.LessThanOrEqual(z, TLanes.Create(0f)), Elementary.ExpMinusOne(z), z);

    /// <summary>d · (y + 1) where y ≤ 0, else d.</summary>
    /// <param name="y">The output of <see cref="Elu(float)"/>.</param>
    /// <param name="d">The gradient with respect to y.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float EluBackward(float y, float d) => y <= 0f ? MathF.FusedMultiplyAdd(y, d, d) : d;

    /// <summary><see cref="EluBackward(float, float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="y">The outputs.</param>
    /// <param name="d">The gradients with respect to y.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes EluBackward<TLanes>(TLanes y, TLanes d)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Select(TLanes.LessThanOrEqual(y, TLanes.Create(0f)), TLanes.Fma(y, d, d), d);

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
