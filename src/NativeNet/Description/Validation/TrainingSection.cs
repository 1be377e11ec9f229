using NativeNet.Description.Json;
using NativeNet.Description.Schedules;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Validation;

/// <summary><c>"training": { "epochs": 100, "rule": "sgd", "learningRate": 0.1 }</c>: how the network is meant to be trained.</summary>
internal static class TrainingSection
{
    private static readonly IntegerKey Epochs = new("epochs", 1, NetworkLimits.Epochs);
    private static readonly WordKey<UpdateRuleKind> Rule = new("rule", Vocabulary.UpdateRules);
    private static readonly NumberKey LearningRate = new("learningRate", null);
    private static readonly NumberKey Momentum = new("momentum", 0.9f, below: 1);
    private static readonly NumberKey WeightDecay = new("weightDecay", 0);
    private static readonly SwitchKey DecayBiases = new("decayBiases", true);
    private static readonly IntegerKey Warmup = new("warmup", 0, NetworkLimits.Epochs, defaultValue: 0);
    private static readonly ObjectKey Schedule = new("schedule");

    /// <summary>The keys of the section.</summary>
    public static readonly ObjectForm Form = new(
        "the training section", Epochs, Rule, LearningRate, Momentum, WeightDecay, DecayBiases, Warmup, Schedule);

    /// <summary>Checks the section.</summary>
    /// <param name="section">The value of the key <c>training</c>, or null where there is none.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    /// <returns>The section, or null where there is none; not to be used where mistakes were reported.</returns>
    public static TrainingSpec? Check(JsonObject? section, DiagnosticBag diagnostics)
    {
        if (section is null)
            return null;

        Form.CheckKeys(section, diagnostics);
        Setting<int> epochs = Epochs.Read(section, diagnostics);
        Setting<UpdateRuleKind> rule = Rule.Read(section, diagnostics);
        Setting<float> rate = LearningRate.Read(section, diagnostics);
        Setting<float> momentum = Momentum.Read(section, diagnostics);
        Setting<float> decay = WeightDecay.Read(section, diagnostics);
        Setting<bool> decayBiases = DecayBiases.Read(section, diagnostics);
        Setting<int> warmup = Warmup.Read(section, diagnostics);

        ScheduleSpec? schedule = new ConstantScheduleSpec();
        if (Schedule.Read(section, diagnostics).Value is { } described)
            schedule = ScheduleForm.Bind(described, diagnostics);

        bool hasMomentum = rule.Value is UpdateRuleKind.Momentum or UpdateRuleKind.Nesterov;
        if (!hasMomentum && rule.IsValid && momentum.Property is { } given)
            diagnostics.Add(DiagnosticTable.KeyNotAllowed, given.NameSpan, Momentum.Name, "the rules 'momentum' and 'nesterov'");

        return schedule is null
            ? null
            : new TrainingSpec(
                epochs.Value,
                new UpdateRuleSpec(rule.Value, rate.Value, hasMomentum ? momentum.Value : 0, decay.Value) { SparesBiases = !decayBiases.Value },
                warmup.Value,
                schedule);
    }
}
