using System.Runtime.CompilerServices;

namespace NativeNet.Numerics;

/// <content>
/// The functions z · gate(z) with a gate that rises from 0 to 1. They fall before they rise, so that the output does not
/// tell the derivative: backward methods take z. Bounds on z replace infinities by numbers whose gates are 0 and 1.
/// </content>
public static partial class Activations
{
    // The gate of gelu is sigmoid(z · (GeluLinear + GeluCubic · z²)): 2 · √(2 / π), and 0.044715 of it.
    private const float GeluLinear = 1.59576917f;
    private const float GeluCubic = 0.0713548139f;
    private const float GeluSquare = 0.214064449f; // 3 · GeluCubic, of the derivative
    private const float GeluBound = 16f;

    private const float SiluBound = 128f;

    private const float HardSwishBound = 3f;
    private const float Sixth = 0.166666672f;
    private const float Third = 0.333333343f;

    /// <summary>
    /// ½ z (1 + tanh(√(2/π) (z + 0.044715 z³))), the form of gelu that Hendrycks and Gimpel, "Gaussian Error Linear Units",
    /// 2016, call an approximation; as z · sigmoid of twice the argument, which keeps the tail's relative precision.
    /// </summary>
    /// <param name="z">Any float.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Gelu(float z)
    {
        z = z <= -GeluBound ? -GeluBound : z;
        return z * Elementary.Sigmoid(z * MathF.FusedMultiplyAdd(z * z, GeluCubic, GeluLinear));
    }

    /// <summary><see cref="Gelu(float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Gelu<TLanes>(TLanes z)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes lowest = TLanes.Create(-GeluBound);
        z = TLanes.Select(TLanes.LessThanOrEqual(z, lowest), lowest, z);
        return z * Elementary.Sigmoid(z * TLanes.Fma(z * z, TLanes.Create(GeluCubic), TLanes.Create(GeluLinear)));
    }

    /// <summary>d · (s + z · v′ · (s − s²)) with s = sigmoid(v) the gate.</summary>
    /// <param name="z">The input of <see cref="Gelu(float)"/>.</param>
    /// <param name="d">The gradient with respect to its output.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float GeluBackward(float z, float d)
    {
        z = Bounded(z, GeluBound);
        float square = z * z;
        float gate = Elementary.Sigmoid(z * MathF.FusedMultiplyAdd(square, GeluCubic, GeluLinear));
        return d * GatedSlope(z * MathF.FusedMultiplyAdd(square, GeluSquare, GeluLinear), gate);
    }

    /// <summary><see cref="GeluBackward(float, float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">The inputs.</param>
    /// <param name="d">The gradients with respect to the outputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes GeluBackward<TLanes>(TLanes z, TLanes d)
        where TLanes : struct, ILanes<TLanes>
    {
        z = Bounded(z, GeluBound);
        TLanes square = z * z, linear = TLanes.Create(GeluLinear);
        TLanes gate = Elementary.Sigmoid(z * TLanes.Fma(square, TLanes.Create(GeluCubic), linear));
        return d * GatedSlope(z * TLanes.Fma(square, TLanes.Create(GeluSquare), linear), gate);
    }

    /// <summary>z · sigmoid(z), also called swish.</summary>
    /// <param name="z">Any float.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Silu(float z)
    {
        z = z <= -SiluBound ? -SiluBound : z;
        return z * Elementary.Sigmoid(z);
    }

    /// <summary><see cref="Silu(float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Silu<TLanes>(TLanes z)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes lowest = TLanes.Create(-SiluBound);
        z = TLanes.Select(TLanes.LessThanOrEqual(z, lowest), lowest, z);
        return z * Elementary.Sigmoid(z);
    }

    /// <summary>d · (s + z · (s − s²)) with s = sigmoid(z) the gate.</summary>
    /// <param name="z">The input of <see cref="Silu(float)"/>.</param>
    /// <param name="d">The gradient with respect to its output.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SiluBackward(float z, float d)
    {
        z = Bounded(z, SiluBound);
        return d * GatedSlope(z, Elementary.Sigmoid(z));
    }

    /// <summary><see cref="SiluBackward(float, float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">The inputs.</param>
    /// <param name="d">The gradients with respect to the outputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes SiluBackward<TLanes>(TLanes z, TLanes d)
        where TLanes : struct, ILanes<TLanes>
    {
        z = Bounded(z, SiluBound);
        return d * GatedSlope(z, Elementary.Sigmoid(z));
    }

    /// <summary>z · (z + 3) / 6 between −3 and 3, −0 below, z above. Howard et al., "Searching for MobileNetV3", 2019.</summary>
    /// <param name="z">Any float.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float HardSwish(float z)
    {
        z = z <= -HardSwishBound ? -HardSwishBound : z;
        float gate = z + HardSwishBound;
        gate = 2f * HardSwishBound <= gate ? 2f * HardSwishBound : gate;
        return z * (gate * Sixth);
    }

    /// <summary><see cref="HardSwish(float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes HardSwish<TLanes>(TLanes z)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes lowest = TLanes.Create(-HardSwishBound), highest = TLanes.Create(2f * HardSwishBound);
        z = TLanes.Select(TLanes.LessThanOrEqual(z, lowest), lowest, z);
        TLanes gate = z - lowest;
        gate = TLanes.Select(TLanes.LessThanOrEqual(highest, gate), highest, gate);
        return z * (gate * TLanes.Create(Sixth));
    }

    /// <summary>+0 where z ≤ −3, d where 3 ≤ z, else d · (2 z + 3) / 6.</summary>
    /// <param name="z">The input of <see cref="HardSwish(float)"/>.</param>
    /// <param name="d">The gradient with respect to its output.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float HardSwishBackward(float z, float d)
    {
        float slope = d * MathF.FusedMultiplyAdd(z, Third, 0.5f);
        return z <= -HardSwishBound ? 0f : HardSwishBound <= z ? d : slope;
    }

    /// <summary><see cref="HardSwishBackward(float, float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="z">The inputs.</param>
    /// <param name="d">The gradients with respect to the outputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes HardSwishBackward<TLanes>(TLanes z, TLanes d)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes slope = d * TLanes.Fma(z, TLanes.Create(Third), TLanes.Create(0.5f));
        slope = TLanes.Select(TLanes.LessThanOrEqual(TLanes.Create(HardSwishBound), z), d, slope);
        return TLanes.Select(TLanes.LessThanOrEqual(z, TLanes.Create(-HardSwishBound)), TLanes.Create(0f), slope);
    }

    // s + a · (s − s²): the derivative of z · s where a is z times that of the sigmoid's argument.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float GatedSlope(float a, float s)
        => MathF.FusedMultiplyAdd(a, MathF.FusedMultiplyAdd(-s, s, s), s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes GatedSlope<TLanes>(TLanes a, TLanes s)
        where TLanes : struct, ILanes<TLanes>
        => TLanes.Fma(a, TLanes.Fma(-s, s, s), s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Bounded(float z, float bound)
    {
        z = z <= -bound ? -bound : z;
        return bound <= z ? bound : z;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Bounded<TLanes>(TLanes z, float bound)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes lowest = TLanes.Create(-bound), highest = TLanes.Create(bound);
        z = TLanes.Select(TLanes.LessThanOrEqual(z, lowest), lowest, z);
        return TLanes.Select(TLanes.LessThanOrEqual(highest, z), highest, z);
    }
}
