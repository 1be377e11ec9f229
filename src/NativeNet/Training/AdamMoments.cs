using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Training;

/// <summary>What <see cref="Adam"/> and <see cref="AdamW"/> share: two running moments and the step they give.</summary>
/// <remarks>
/// Kingma and Ba, "Adam: a method for stochastic optimization", 2014. Both corrections of the moments' bias are worked
/// out once a step, in double, and rounded to float.
/// </remarks>
internal readonly record struct AdamMoments
{
    private readonly float _rate, _rootCorrection;

    /// <summary>Creates moments that are not at a step: an update before <see cref="AtStep"/> gives NaN.</summary>
    public AdamMoments(float beta1, float beta2, float epsilon)
    {
        Beta1 = UpdateRuleArguments.Share(beta1);
        Beta2 = UpdateRuleArguments.Share(beta2);
        Epsilon = UpdateRuleArguments.Positive(epsilon);
        _rate = float.NaN;
        _rootCorrection = float.NaN;
    }

    private AdamMoments(AdamMoments moments, float rate, float rootCorrection)
    {
        this = moments;
        _rate = rate;
        _rootCorrection = rootCorrection;
    }

    public float Beta1 { get; }

    public float Beta2 { get; }

    public float Epsilon { get; }

    /// <summary>rate / (1 − β₁ᵗ) and 1 / √(1 − β₂ᵗ) for step t.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is below 1.</exception>
    /// <exception cref="InvalidOperationException">The rule is the default of its type.</exception>
    public AdamMoments AtStep(long step, float learningRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        if (Epsilon == 0f)
            throw new InvalidOperationException("The rule has no rates: create it with a constructor, not as default.");

        return new AdamMoments(
            this,
            (float)(learningRate / (1.0 - IntegerPower.Of(Beta1, step))),
            (float)(1.0 / Math.Sqrt(1.0 - IntegerPower.Of(Beta2, step))));
    }

    /// <summary>The moments after this gradient, and the parameter after the step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Update(float parameter, float gradient, ref float first, ref float second)
    {
        first = MathF.FusedMultiplyAdd(Beta1, first, (1f - Beta1) * gradient);
        second = MathF.FusedMultiplyAdd(Beta2, second, (1f - Beta2) * gradient * gradient);
        float divisor = MathF.FusedMultiplyAdd(MathF.Sqrt(second), _rootCorrection, Epsilon);
        return MathF.FusedMultiplyAdd(-_rate, first / divisor, parameter);
    }

    /// <summary><see cref="Update(float, float, ref float, ref float)"/> in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Update<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second)
        where TLanes : struct, ILanes<TLanes>
    {
        first = TLanes.Fma(TLanes.Create(Beta1), first, TLanes.Create(1f - Beta1) * gradient);
        second = TLanes.Fma(TLanes.Create(Beta2), second, TLanes.Create(1f - Beta2) * gradient * gradient);
        TLanes divisor = TLanes.Fma(TLanes.Sqrt(second), TLanes.Create(_rootCorrection), TLanes.Create(Epsilon));
        return TLanes.Fma(TLanes.Create(-_rate), first / divisor, parameter);
    }
}
