namespace NativeNet.Description;

/// <summary>The formulas by which parameters follow their gradients.</summary>
public enum UpdateRuleKind
{
    /// <summary>Gradient descent.</summary>
    Sgd,

    /// <summary>Gradient descent with momentum.</summary>
    Momentum,

    /// <summary>Momentum that looks ahead.</summary>
    Nesterov,

    /// <summary>Steps scaled by running moments of the gradient.</summary>
    Adam,

    /// <summary>Adam with weight decay apart from the gradient.</summary>
    AdamW,
}

/// <summary>An update rule with its settings.</summary>
/// <param name="Kind">The formula.</param>
/// <param name="LearningRate">Positive and finite.</param>
/// <param name="Momentum">The share of the velocity that is kept, above 0 and below 1; 0 for rules without one.</param>
/// <param name="WeightDecay">At least 0.</param>
public readonly record struct UpdateRuleSpec(UpdateRuleKind Kind, float LearningRate, float Momentum, float WeightDecay)
{
    /// <summary>Whether tensors of one dimension, as biases and the weights of normalization are, do not decay.</summary>
    public bool SparesBiases { get; init; }
}

/// <summary>How a network is meant to be trained: advice to who trains it, without effect on the generated code.</summary>
/// <param name="Epochs">How often every sample is seen, at least 1.</param>
/// <param name="Rule">The update rule.</param>
/// <param name="Warmup">The first epochs, over which the rate rises to the schedule's; 0 for none.</param>
/// <param name="Schedule">How the rate changes behind them.</param>
public sealed record TrainingSpec(int Epochs, UpdateRuleSpec Rule, int Warmup, ScheduleSpec Schedule);
