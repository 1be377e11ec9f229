using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Training;

/// <summary><see cref="Adam"/> with weight decay apart from the gradient, as <c>torch.optim.AdamW</c>.</summary>
/// <remarks>
/// First w · (1 − rate · decay), then Adam's step. Loshchilov and Hutter, "Decoupled weight decay regularization",
/// 2019. An update by a rule that <see cref="AtStep"/> did not return is NaN.
/// </remarks>
public readonly record struct AdamW : IUpdateRule<AdamW>
{
    private readonly bool _sparesVectors;
    private readonly AdamMoments _moments;
    private readonly float _shrink;

    /// <summary>Creates the rule with the usual defaults.</summary>
    public AdamW()
        : this(1e-3f)
    {
    }

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">Finite, at least 0.</param>
    /// <param name="beta1">The share of the first moment that is kept: at least 0, below 1.</param>
    /// <param name="beta2">The share of the second moment that is kept: at least 0, below 1.</param>
    /// <param name="epsilon">Added to the root of the second moment; finite, above 0.</param>
    /// <param name="weightDecay">Finite, at least 0; a step shrinks the parameter by rate · decay.</param>
    /// <param name="decayBiases">Whether tensors of one dimension, as biases are, decay too.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public AdamW(float learningRate, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0.01f, bool decayBiases = true)
    {
        LearningRate = UpdateRuleArguments.Rate(learningRate);
        _moments = new AdamMoments(beta1, beta2, epsilon);
        WeightDecay = UpdateRuleArguments.Rate(weightDecay);
        _sparesVectors = !decayBiases;
        _shrink = float.NaN;
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

    /// <summary>The share of a parameter that a step takes away, in units of the learning rate.</summary>
    public float WeightDecay { get; private init; }

    /// <inheritdoc/>
    public static AdamW ForVectors(in AdamW rule) => rule._sparesVectors ? new AdamW(rule with { WeightDecay = 0 }, rule._moments) : rule;

    /// <inheritdoc/>
    public AdamW AtStep(long step) => new(this, _moments.AtStep(step, LearningRate));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Update(float parameter, float gradient, ref float first, ref float second)
        => _moments.Update(parameter * _shrink, gradient, ref first, ref second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Update<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second)
        where TLanes : struct, ILanes<TLanes>
        => _moments.Update(parameter * TLanes.Create(_shrink), gradient, ref first, ref second);

    private AdamW(AdamW rule, AdamMoments moments)
    {
        this = rule;
        _moments = moments;
        _shrink = MathF.FusedMultiplyAdd(-LearningRate, WeightDecay, 1f);
    }
}
