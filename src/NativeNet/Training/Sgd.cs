using System.Runtime.CompilerServices;
using NativeNet.Numerics;

namespace NativeNet.Training;

/// <summary>Gradient descent: w′ = w − rate · (g + decay · w), as <c>torch.optim.SGD</c>.</summary>
public readonly record struct Sgd : IUpdateRule<Sgd>
{
    private readonly bool _sparesVectors;

    /// <summary>Creates the rule.</summary>
    /// <param name="learningRate">Finite, at least 0.</param>
    /// <param name="weightDecay">Finite, at least 0; added to the gradient as decay · w.</param>
    /// <param name="decayBiases">Whether tensors of one dimension, as biases are, decay too.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Sgd(float learningRate, float weightDecay = 0f, bool decayBiases = true)
    {
        LearningRate = UpdateRuleArguments.Rate(learningRate);
        WeightDecay = UpdateRuleArguments.Rate(weightDecay);
        _sparesVectors = !decayBiases;
    }

    /// <inheritdoc/>
    public static int StateCount => 0;

    /// <summary>The factor on the gradient; a schedule changes it with <c>with</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRate { get; init => field = UpdateRuleArguments.Rate(value, nameof(LearningRate)); }

    /// <summary>The factor on the parameter that is added to its gradient.</summary>
    public float WeightDecay { get; private init; }

    /// <inheritdoc/>
    public static Sgd ForVectors(in Sgd rule) => rule._sparesVectors ? rule with { WeightDecay = 0 } : rule;

    /// <inheritdoc/>
    public Sgd AtStep(long step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        return this;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Update(float parameter, float gradient, ref float first, ref float second)
    {
        gradient = MathF.FusedMultiplyAdd(WeightDecay, parameter, gradient);
        return MathF.FusedMultiplyAdd(-LearningRate, gradient, parameter);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Update<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second)
        where TLanes : struct, ILanes<TLanes>
    {
        gradient = TLanes.Fma(TLanes.Create(WeightDecay), parameter, gradient);
        return TLanes.Fma(TLanes.Create(-LearningRate), gradient, parameter);
    }
}
