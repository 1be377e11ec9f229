using NativeNet.Description.Json;

namespace NativeNet.Description;

/// <summary>Writes the training section of a network as JSON of one line.</summary>
internal static class TrainingJson
{
    /// <summary>The key and the section, behind a comma.</summary>
    /// <param name="training">A section that passed validation.</param>
    public static string Write(TrainingSpec training)
    {
        UpdateRuleSpec rule = training.Rule;
        string momentum = rule.Momentum > 0 ? $$""","momentum":{{JsonText.Of(rule.Momentum)}}""" : "";
        string decay = rule.WeightDecay > 0 ? $$""","weightDecay":{{JsonText.Of(rule.WeightDecay)}}""" : "";
        string spared = rule.SparesBiases ? ""","decayBiases":false""" : "";
        return $$""","training":{"epochs":{{JsonText.Of(training.Epochs)}},"rule":"{{Vocabulary.UpdateRules.WordFor(rule.Kind)}}","learningRate":{{JsonText.Of(rule.LearningRate)}}{{momentum}}{{decay}}{{spared}},"warmup":{{JsonText.Of(training.Warmup)}},"schedule":{{Write(training.Schedule)}}}""";
    }

    private static string Write(ScheduleSpec schedule) => schedule switch
    {
        ConstantScheduleSpec => """{"type":"constant"}""",
        StepScheduleSpec step => $$"""{"type":"step","decay":{{JsonText.Of(step.Decay)}},"every":{{JsonText.Of(step.Every)}}}""",
        ExponentialScheduleSpec exponential => $$"""{"type":"exponential","decay":{{JsonText.Of(exponential.Decay)}}}""",
        InverseTimeScheduleSpec inverse => $$"""{"type":"inverseTime","halving":{{JsonText.Of(inverse.Halving)}}}""",
        CosineScheduleSpec cosine => $$"""{"type":"cosine","epochs":{{JsonText.Of(cosine.Epochs)}}{{Floor(cosine.Floor)}}}""",
        PlateauScheduleSpec plateau => $$"""{"type":"plateau","decay":{{JsonText.Of(plateau.Decay)}},"patience":{{JsonText.Of(plateau.Patience)}},"threshold":{{JsonText.Of(plateau.Threshold)}}{{Floor(plateau.Floor)}}}""",
        AccuracyScheduleSpec accuracy => $$"""{"type":"accuracy","strength":{{JsonText.Of(accuracy.Strength)}}}""",
        _ => throw new ArgumentException("The schedule has no JSON form.", nameof(schedule)),
    };

    /// <summary>A floor of 0 is said by leaving it out.</summary>
    private static string Floor(float floor) => floor > 0 ? $$""","floor":{{JsonText.Of(floor)}}""" : "";
}
