using System.Runtime.CompilerServices;

namespace NativeNet.Numerics;

/// <content>The hyperbolic tangent and the logistic function of recurrent cells.</content>
public static partial class Elementary
{
    // From here on tanh x differs from 1 by 3.1e-8, half of what a float below 1 can show.
    private const float GateHighest = 9f;

    // tanh x ≈ x · P(x²) / Q(x²) with P(0) = Q(0) = 1: a minimax fit of the relative error, 2.1e-8, over |x| ≤ 9, whose
    // coefficients were then moved by some units of the last place to where the formula below errs least.
    private const float GateP1 = 0.133839697f;
    private const float GateP2 = 0.00349898543f;
    private const float GateP3 = 2.06610657e-05f;
    private const float GateP4 = 1.34198794e-08f;
    private const float GateQ1 = 0.467172891f;
    private const float GateQ2 = 0.0258901659f;
    private const float GateQ3 = 0.000329101953f;
    private const float GateQ4 = 7.8046412e-07f;

    /// <summary>tanh x within 5.02 ULP, in [−1, 1]; odd to the bit, exactly ±1 far out, x itself near 0.</summary>
    /// <param name="x">Any float.</param>
    /// <remarks>
    /// For recurrent cells, where every step waits for the one before it: half the latency of <see cref="Tanh(float)"/>. A
    /// rational function has one division and no integer operations, and both polynomials are evaluated by Estrin's scheme.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float GateTanh(float x)
    {
        x = GateHighest <= x ? GateHighest : x;
        x = x <= -GateHighest ? -GateHighest : x;
        float t = x * x;
        float t2 = t * t;
        float p = MathF.FusedMultiplyAdd(GateP4, t2, MathF.FusedMultiplyAdd(GateP3, t, GateP2));
        float q = MathF.FusedMultiplyAdd(GateQ4, t2, MathF.FusedMultiplyAdd(GateQ3, t, GateQ2));
        float numerator = MathF.FusedMultiplyAdd(p, x * t2, x * MathF.FusedMultiplyAdd(GateP1, t, 1f));
        float y = numerator / MathF.FusedMultiplyAdd(q, t2, MathF.FusedMultiplyAdd(GateQ1, t, 1f));

        // The quotient can be one float above 1, and the sigmoid made of it below 0.
        y = 1f <= y ? 1f : y;
        return y <= -1f ? -1f : y;
    }

    /// <summary><see cref="GateTanh(float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes GateTanh<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        x = TLanes.Max(TLanes.Create(-GateHighest), TLanes.Min(TLanes.Create(GateHighest), x));
        TLanes t = x * x, t2 = t * t, one = TLanes.Create(1f);
        TLanes p = TLanes.Fma(TLanes.Create(GateP4), t2, TLanes.Fma(TLanes.Create(GateP3), t, TLanes.Create(GateP2)));
        TLanes q = TLanes.Fma(TLanes.Create(GateQ4), t2, TLanes.Fma(TLanes.Create(GateQ3), t, TLanes.Create(GateQ2)));
        TLanes numerator = TLanes.Fma(p, x * t2, x * TLanes.Fma(TLanes.Create(GateP1), t, one));
        TLanes y = numerator / TLanes.Fma(q, t2, TLanes.Fma(TLanes.Create(GateQ1), t, one));
        return TLanes.Max(TLanes.Create(-1f), TLanes.Min(one, y));
    }

    /// <summary>1 / (1 + e⁻ˣ) within 2.91 · 2⁻²⁴, in [0, 1]: ½ + ½ · <see cref="GateTanh(float)"/> of x / 2.</summary>
    /// <param name="x">Any float.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float GateSigmoid(float x) => MathF.FusedMultiplyAdd(0.5f, GateTanh(0.5f * x), 0.5f);

    /// <summary><see cref="GateSigmoid(float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="x">Any floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes GateSigmoid<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes half = TLanes.Create(0.5f);
        return TLanes.Fma(half, GateTanh(half * x), half);
    }
}
