using NativeNet.Description;
using NativeNet.Training.Schedules;

namespace NativeNet.Program.Training;

/// <summary>How a network is trained where the command line says nothing: as the training section of its file has it.</summary>
/// <remarks>
/// A file without the section stands for 100 epochs of plain gradient descent at a constant rate of 0.1. What the file
/// says of a rate and a decay belongs to its rule; the others have rates that make steps of about the same size.
/// </remarks>
/// <param name="section">The section; null where the file has none.</param>
internal sealed class TrainingDefaults(TrainingSpec? section)
{
    /// <summary>The share of the velocity that rules keep which are not the file's, as <c>torch.optim</c>'s users set it.</summary>
    private const float UsualMomentum = 0.9f;

    private readonly TrainingSpec _section = section
        ?? new TrainingSpec(100, new UpdateRuleSpec(UpdateRuleKind.Sgd, 0.1f, Momentum: 0, WeightDecay: 0), Warmup: 0, new ConstantScheduleSpec());

    /// <summary>Passes through the training data.</summary>
    public int Epochs => _section.Epochs;

    /// <summary>The file's rule with its settings.</summary>
    public UpdateRuleSpec Rule => _section.Rule;

    /// <summary>The rate of plain gradient descent.</summary>
    public float PlainRate => Rule.Kind switch
    {
        UpdateRuleKind.Sgd => Rule.LearningRate,
        UpdateRuleKind.Momentum or UpdateRuleKind.Nesterov => Rule.LearningRate * 10,
        _ => 0.1f,
    };

    /// <summary>A rule with all its settings.</summary>
    /// <param name="kind">The rule; null for the file's.</param>
    /// <param name="learningRate">The rate; null for the rule's own.</param>
    /// <param name="weightDecay">The decay; null for the rule's own.</param>
    /// <param name="decayBiases">Whether tensors of one dimension decay too; null for what the file says.</param>
    public UpdateRuleSpec RuleOf(UpdateRuleKind? kind, float? learningRate, float? weightDecay, bool? decayBiases = null)
    {
        UpdateRuleSpec own = kind is { } other && other != Rule.Kind ? Usual(other) : Rule;
        return own with
        {
            LearningRate = learningRate ?? own.LearningRate,
            WeightDecay = weightDecay ?? own.WeightDecay,
            SparesBiases = decayBiases is { } decays ? !decays : Rule.SparesBiases,
        };
    }

    /// <summary>A schedule with its warm-up.</summary>
    /// <param name="schedule">The schedule; null for the file's.</param>
    /// <param name="warmup">The epochs of warm-up; null for the file's.</param>
    public LearningRateSchedule ScheduleOf(LearningRateSchedule? schedule, int? warmup)
    {
        int epochs = warmup ?? _section.Warmup;
        LearningRateSchedule after = schedule ?? LearningRateSchedule.Of(_section with { Warmup = 0 });
        return epochs == 0 ? after : new LinearWarmup(epochs, after);
    }

    /// <summary>A velocity of 0.9 multiplies steps by ten; Adam's steps have the size of the rate itself.</summary>
    private UpdateRuleSpec Usual(UpdateRuleKind kind) => kind switch
    {
        UpdateRuleKind.Momentum or UpdateRuleKind.Nesterov => new UpdateRuleSpec(kind, PlainRate / 10, UsualMomentum, WeightDecay: 0),
        UpdateRuleKind.Adam => new UpdateRuleSpec(kind, 0.001f, Momentum: 0, WeightDecay: 0),
        UpdateRuleKind.AdamW => new UpdateRuleSpec(kind, 0.001f, Momentum: 0, WeightDecay: 0.01f),
        _ => new UpdateRuleSpec(kind, PlainRate, Momentum: 0, WeightDecay: 0),
    };
}
