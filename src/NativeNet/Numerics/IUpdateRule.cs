namespace NativeNet.Numerics;

/// <summary>How one parameter changes, given its gradient: an elementwise formula with up to two values of state.</summary>
/// <remarks>
/// The scalar method is the definition; the lanes method is its twin and gives the same bits in every lane. Weight
/// decay, where a rule has it, applies to every parameter, biases included, as in <c>torch.optim</c>, unless the rule was
/// made to spare tensors of one dimension: kernels update those by <see cref="ForVectors"/>.
/// </remarks>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
public interface IUpdateRule<TSelf>
    where TSelf : struct, IUpdateRule<TSelf>
{
    /// <summary>The values of state a parameter: 0, 1 or 2.</summary>
    static abstract int StateCount { get; }

    /// <summary>The rule for tensors of one dimension, as biases and the weights of normalization are: without decay where it spares them.</summary>
    /// <param name="rule">A rule, at its step or not.</param>
    static virtual TSelf ForVectors(in TSelf rule) => rule;

    /// <summary>The learning rate; a schedule sets it with <c>with</c> before <see cref="AtStep"/>.</summary>
    float LearningRate { get; init; }

    /// <summary>The rule with everything that depends on the step worked out, once a step.</summary>
    /// <param name="step">The number of the step, from 1.</param>
    TSelf AtStep(long step);

    /// <summary>The parameter after the step.</summary>
    /// <param name="parameter">The parameter before the step.</param>
    /// <param name="gradient">The gradient of the mean loss.</param>
    /// <param name="first">The first value of state, if there is one.</param>
    /// <param name="second">The second value of state, if there is one.</param>
    float Update(float parameter, float gradient, ref float first, ref float second);

    /// <summary><see cref="Update(float, float, ref float, ref float)"/> in every lane.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="parameter">The parameters before the step.</param>
    /// <param name="gradient">The gradients.</param>
    /// <param name="first">The first values of state.</param>
    /// <param name="second">The second values of state.</param>
    TLanes Update<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second)
        where TLanes : struct, ILanes<TLanes>;
}
