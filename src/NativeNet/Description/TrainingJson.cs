namespace NativeNet.Description;

/// <summary>Writes the training section of a network as JSON of one line.</summary>
internal static class TrainingJson
{
    /// <summary>The key and the section, behind a comma.</summary>
    /// <param name="training">A section that passed validation.</param>
    public static string Write(TrainingSpec training)
    {
        UpdateRuleSpec rule = training.Rule;
        string momentum = rule.Momentum > 0 ? $$""","momentum":{{NetworkJson.Number(rule.Momentum)}}""" : "";
        string decay = rule.WeightDecay > 0 ? $$""","weightDecay":{{NetworkJson.Number(rule.WeightDecay)}}""" : "";
        return $$""","training":{"epochs":{{NetworkJson.Number(training.Epochs)}},"rule":"{{Vocabulary.UpdateRules.WordFor(rule.Kind)}}","learningRate":{{NetworkJson.Number(rule.LearningRate)}}{{momentum}}{{decay}},"warmup":{{NetworkJson.Number(training.Warmup)}},"schedule":{{Write(training.Schedule)}}}""";
    }

    private static string Write(ScheduleSpec schedule) => schedule switch
    {
        ConstantScheduleSpec => """{"type":"constant"}""",
        StepScheduleSpec step => $$"""{"type":"step","decay":{{NetworkJson.Number(step.Decay)}},"every":{{NetworkJson.Number(step.Every)}}}""",
        ExponentialScheduleSpec exponential => $$"""{"type":"exponential","decay":{{NetworkJson.Number(exponential.Decay)}}}""",
        InverseTimeScheduleSpec inverse => $$"""{"type":"inverseTime","halving":{{NetworkJson.Number(inverse.Halving)}}}""",
        CosineScheduleSpec cosine => $$"""{"type":"cosine","epochs":{{NetworkJson.Number(cosine.Epochs)}}{{Floor(cosine.Floor)}}}""",
        PlateauScheduleSpec plateau => $$"""{"type":"plateau","decay":{{NetworkJson.Number(plateau.Decay)}},"patience":{{NetworkJson.Number(plateau.Patience)}},"threshold":{{NetworkJson.Number(plateau.Threshold)}}{{Floor(plateau.Floor)}}}""",
        AccuracyScheduleSpec accuracy => $$"""{"type":"accuracy","strength":{{NetworkJson.Number(accuracy.Strength)}}}""",
        _ => throw new ArgumentException("The schedule has no JSON form.", nameof(schedule)),
    };

    /// <summary>A floor of 0 is said by leaving it out.</summary>
    private static string Floor(float floor) => floor > 0 ? $$""","floor":{{NetworkJson.Number(floor)}}""" : "";
}
