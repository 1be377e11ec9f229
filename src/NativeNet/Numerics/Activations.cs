using System.Runtime.CompilerServices;

namespace NativeNet.Numerics;

/// <summary>The activation functions and their gradients, over scalars and, with the same bits, over lanes.</summary>
/// <remarks>
/// A backward method takes the function's output y, not its input, so that training keeps one value a unit; only the
/// functions that are not monotone take the input z. d is the gradient of the loss with respect to y and the result is
/// d · f′. tanh, sigmoid and softplus themselves are <see cref="Elementary.Tanh(float)"/>,
/// <see cref="Elementary.Sigmoid(float)"/> and <see cref="Elementary.Softplus(float)"/>.
/// </remarks>
public static partial class Activations
{
    /// <summary>+0 where z ≤ 0, else z: a negative zero gives +0, a NaN stays.</summary>
    /// <param name="z">Any float.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Relu(float z) => z <= 0f ? 0f : z;

    /// <summary><see cref="Relu(float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Relu<TLanes>(TLanes z)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Create(0f);

        // The sum turns the negative zero that Max may leave into +0 and changes nothing else.
        return TLanes.Max(zero, z) + zero;
    }

    /// <summary>+0 where y ≤ 0, else d.</summary>
    /// <param name="y">The output of <see cref="Relu(float)"/>.</param>
    /// <param name="d">The gradient with respect to y.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ReluBackward(float y, float d) => y <= 0f ? 0f : d;

    /// <summary><see cref="ReluBackward(float, float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="y">The outputs.</param>
    /// <param name="d">The gradients with respect to y.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ReluBackward<TLanes>(TLanes y, TLanes d)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Create(0f);
        return TLanes.Select(TLanes.LessThanOrEqual(y, zero), zero, d);
    }

    /// <summary>slope · z where z ≤ 0, else z.</summary>
    /// <param name="z">Any float.</param>
    /// <param name="slope">The slope left of 0, positive: then the sign of the output is that of the input.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LeakyRelu(float z, float slope) => z <= 0f ? slope * z : z;

    /// <summary><see cref="LeakyRelu(float, float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">Any floats.</param>
    /// <param name="slope">The slopes left of 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes LeakyRelu<TLanes>(TLanes z, TLanes slope)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Select(TLanes.LessThanOrEqual(z, TLanes.Create(0f)), slope * z, z);

    /// <summary>slope · d where y ≤ 0, else d.</summary>
    /// <param name="y">The output of <see cref="LeakyRelu(float, float)"/>.</param>
    /// <param name="d">The gradient with respect to y.</param>
    /// <param name="slope">The slope left of 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LeakyReluBackward(float y, float d, float slope) => y <= 0f ? slope * d : d;

    /// <summary><see cref="LeakyReluBackward(float, float, float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="y">The outputs.</param>
    /// <param name="d">The gradients with respect to y.</param>
    /// <param name="slope">The slopes left of 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes LeakyReluBackward<TLanes>(TLanes y, TLanes d, TLanes slope)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Select(TLanes.LessThanOrEqual(y, TLanes.Create(0f)), slope * d, d);

    /// <summary>z, at least a minimum and at most a maximum; a NaN stays a NaN.</summary>
    /// <param name="z">Any float.</param>
    /// <param name="minimum">Any finite float.</param>
    /// <param name="maximum">A greater one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Clip(float z, float minimum, float maximum) => z <= minimum ? minimum : maximum <= z ? maximum : z;

    /// <summary><see cref="Clip(float, float, float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">Any floats.</param>
    /// <param name="minimum">The minima.</param>
    /// <param name="maximum">The maxima.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Clip<TLanes>(TLanes z, TLanes minimum, TLanes maximum)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Select(TLanes.LessThanOrEqual(z, minimum), minimum, TLanes.Select(TLanes.LessThanOrEqual(maximum, z), maximum, z));

    /// <summary>0 where y is the minimum or the maximum, else d.</summary>
    /// <param name="y">The output of <see cref="Clip(float, float, float)"/>.</param>
    /// <param name="d">The gradient with respect to y.</param>
    /// <param name="minimum">The minimum.</param>
    /// <param name="maximum">The maximum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ClipBackward(float y, float d, float minimum, float maximum) => y <= minimum || maximum <= y ? 0f : d;

    /// <summary><see cref="ClipBackward(float, float, float, float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="y">The outputs.</param>
    /// <param name="d">The gradients with respect to y.</param>
    /// <param name="minimum">The minima.</param>
    /// <param name="maximum">The maxima.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ClipBackward<TLanes>(TLanes y, TLanes d, TLanes minimum, TLanes maximum)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Create(0f);
        return TLanes.Select(TLanes.LessThanOrEqual(y, minimum), zero, TLanes.Select(TLanes.LessThanOrEqual(maximum, y), zero, d));
    }

    /// <summary>d · (1 − y²).</summary>
    /// <param name="y">The output of <see cref="Elementary.Tanh(float)"/>.</param>
    /// <param name="d">The gradient with respect to y.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float TanhBackward(float y, float d) => d * MathF.FusedMultiplyAdd(-y, y, 1f);

    /// <summary><see cref="TanhBackward(float, float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="y">The outputs.</param>
    /// <param name="d">The gradients with respect to y.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes TanhBackward<TLanes>(TLanes y, TLanes d)
        where TLanes : struct, ILanes<TLanes>
        => d * TLanes.Fma(-y, y, TLanes.Create(1f));

    /// <summary>d · (y − y²).</summary>
    /// <param name="y">The output of <see cref="Elementary.Sigmoid(float)"/>.</param>
    /// <param name="d">The gradient with respect to y.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SigmoidBackward(float y, float d) => d * MathF.FusedMultiplyAdd(-y, y, y);

    /// <summary><see cref="SigmoidBackward(float, float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="y">The outputs.</param>
    /// <param name="d">The gradients with respect to y.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes SigmoidBackward<TLanes>(TLanes y, TLanes d)
        where TLanes : struct, ILanes<TLanes>
        => d * TLanes.Fma(-y, y, y);
}
