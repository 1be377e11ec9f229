using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Training;

/// <summary>Steps scaled by running moments of the gradient, as <c>torch.optim.Adam</c>.</summary>
/// <remarks>
/// m′ = β₁ · m + (1 − β₁) · g, s′ = β₂ · s + (1 − β₂) · g², both corrected for their start at 0, and
/// w′ = w − rate · m̂ / (√ŝ + ε). Kingma and Ba, "Adam: a method for stochastic optimization", 2014. An update by a rule
/// that <see cref="AtStep"/> did not return is NaN.
/// </remarks>
public readonly record struct Adam : IUpdateRule<Adam>
{
    private readonly bool _sparesVectors;
    private readonly AdamMoments _moments;

    /// <summary>Creates the rule with the defaults of the paper.</summary>
    public Adam()
        : this(1e-3f)
    {
    }

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">Finite, at least 0.</param>
    /// <param name="beta1">The share of the first moment that is kept: at least 0, below 1.</param>
    /// <param name="beta2">The share of the second moment that is kept: at least 0, below 1.</param>
    /// <param name="epsilon">Added to the root of the second moment; finite, above 0.</param>
    /// <param name="weightDecay">Finite, at least 0; added to the gradient as decay · w.</param>
    /// <param name="decayBiases">Whether tensors of one dimension, as biases are, decay too.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Adam(float learningRate, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0f, bool decayBiases = true)
    {
        LearningRate = UpdateRuleArguments.Rate(learningRate);
        _moments = new AdamMoments(beta1, beta2, epsilon);
        WeightDecay = UpdateRuleArguments.Rate(weightDecay);
        _sparesVectors = !decayBiases;
    }

    /// <inheritdoc/>
    public static int StateCount => 2;

    /// <summary>The length of a step in units of m̂ / √ŝ; a schedule changes it with <c>with</c> before <see cref="AtStep"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRate { get; init => field = UpdateRuleArguments.Rate(value, nameof(LearningRate)); }

    /// <summary>β₁, the share of the first moment that is kept.</summary>
    public float Beta1 => _moments.Beta1;

    /// <summary>β₂, the share of the second moment that is kept.</summary>
    public float Beta2 => _moments.Beta2;

    /// <summary>ε, added to the root of the second moment.</summary>
    public float Epsilon => _moments.Epsilon;

    /// <summary>The factor on the parameter that is added to its gradient.</summary>
    public float WeightDecay { get; private init; }

    /// <inheritdoc/>
    public static Adam ForVectors(in Adam rule) => rule._sparesVectors ? rule with { WeightDecay = 0 } : rule;

    /// <inheritdoc/>
    public Adam AtStep(long step) => new(this, _moments.AtStep(step, LearningRate));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Update(float parameter, float gradient, ref float first, ref float second)
        => _moments.Update(
            parameter, MathF.FusedMultiplyAdd(WeightDecay, parameter, gradient), ref first, ref second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Update<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second)
        where TLanes : struct, ILanes<TLanes>
        => _moments.Update(
            parameter, TLanes.Fma(TLanes.Create(WeightDecay), parameter, gradient), ref first, ref second);

    private Adam(Adam rule, AdamMoments moments)
    {
        this = rule;
        _moments = moments;
    }
}
