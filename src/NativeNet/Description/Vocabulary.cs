using NativeNet.Description.Syntax;
using NativeNet.Description.Validation;

namespace NativeNet.Description;

/// <summary>
/// The words that a network file may use as values, types of layers and schedules aside
/// (<see cref="Layers.LayerTable"/>, <see cref="Schedules.ScheduleTable"/>). A new
/// activation is one line here and its <see cref="ActivationKind"/>.
/// </summary>
internal static class Vocabulary
{
    public static readonly WordTable<ActivationKind> Activations = new(
        "activation",
        ("none", ActivationKind.None),
        ("relu", ActivationKind.Relu),
        ("leakyRelu", ActivationKind.LeakyRelu),
        ("tanh", ActivationKind.Tanh),
        ("sigmoid", ActivationKind.Sigmoid),
        ("elu", ActivationKind.Elu),
        ("gelu", ActivationKind.Gelu),
        ("silu", ActivationKind.Silu),
        ("hardSwish", ActivationKind.HardSwish),
        ("softplus", ActivationKind.Softplus),
        ("relu6", ActivationKind.Relu6),
        ("clip", ActivationKind.Clip));

    public static readonly WordTable<InitializerKind> Initializers = new(
        "initializer",
        ("heNormal", InitializerKind.HeNormal),
        ("heUniform", InitializerKind.HeUniform),
        ("glorotUniform", InitializerKind.GlorotUniform),
        ("normal", InitializerKind.Normal));

    public static readonly WordTable<UpdateRuleKind> UpdateRules = new(
        "update rule",
        ("sgd", UpdateRuleKind.Sgd),
        ("momentum", UpdateRuleKind.Momentum),
        ("nesterov", UpdateRuleKind.Nesterov),
        ("adam", UpdateRuleKind.Adam),
        ("adamW", UpdateRuleKind.AdamW));

    public static readonly WordTable<LossForm> Losses = new(
        "loss",
        ("softmaxCrossEntropy", new LossForm(LossKind.SoftmaxCrossEntropy, MinimumScores: 2, Includes: "the softmax")),
        ("binaryCrossEntropy", new LossForm(LossKind.BinaryCrossEntropy, MinimumScores: 1, Includes: "the sigmoid")),
        ("meanSquaredError", new LossForm(LossKind.MeanSquaredError, MinimumScores: 1, Includes: null)));

    /// <summary>The word for a loss.</summary>
    /// <param name="loss">Any loss.</param>
    public static string WordFor(LossKind loss) => Losses.WordFor(Losses.Meanings.First(form => form.Kind == loss));
}
