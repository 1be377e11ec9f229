using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Training;

/// <summary>Momentum that looks ahead: v′ = μ · v + g, w′ = w − rate · (μ · v′ + g), as <c>torch.optim.SGD(nesterov=True)</c>.</summary>
/// <remarks>Sutskever et al., "On the importance of initialization and momentum in deep learning", ICML 2013, section 2.</remarks>
public readonly record struct Nesterov : IUpdateRule<Nesterov>
{
    private readonly bool _sparesVectors;

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">Finite, at least 0.</param>
    /// <param name="coefficient">μ, the share of the velocity that is kept: at least 0, below 1.</param>
    /// <param name="weightDecay">Finite, at least 0; added to the gradient as decay · w.</param>
    /// <param name="decayBiases">Whether tensors of one dimension, as biases are, decay too.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Nesterov(float learningRate, float coefficient = 0.9f, float weightDecay = 0f, bool decayBiases = true)
    {
        LearningRate = UpdateRuleArguments.Rate(learningRate);
        Coefficient = UpdateRuleArguments.Share(coefficient);
        WeightDecay = UpdateRuleArguments.Rate(weightDecay);
        _sparesVectors = !decayBiases;
    }

    /// <inheritdoc/>
    public static int StateCount => 1;

    /// <summary>The factor on the velocity; a schedule changes it with <c>with</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRate { get; init => field = UpdateRuleArguments.Rate(value, nameof(LearningRate)); }

    /// <summary>μ, the share of the velocity that is kept.</summary>
    public float Coefficient { get; }

    /// <summary>The factor on the parameter that is added to its gradient.</summary>
    public float WeightDecay { get; private init; }

    /// <inheritdoc/>
    public static Nesterov ForVectors(in Nesterov rule) => rule._sparesVectors ? rule with { WeightDecay = 0 } : rule;

    /// <inheritdoc/>
    public Nesterov AtStep(long step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        return this;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Update(float parameter, float gradient, ref float first, ref float second)
    {
        gradient = MathF.FusedMultiplyAdd(WeightDecay, parameter, gradient);
        first = MathF.FusedMultiplyAdd(Coefficient, first, gradient);
        gradient = MathF.FusedMultiplyAdd(Coefficient, first, gradient);
        return MathF.FusedMultiplyAdd(-LearningRate, gradient, parameter);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Update<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second)
        where TLanes : struct, ILanes<TLanes>
    {
        gradient = TLanes.Fma(TLanes.Create(WeightDecay), parameter, gradient);
        first = TLanes.Fma(TLanes.Create(Coefficient), first, gradient);
        gradient = TLanes.Fma(TLanes.Create(Coefficient), first, gradient);
        return TLanes.Fma(TLanes.Create(-LearningRate), gradient, parameter);
    }
}
