using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Validation;

/// <summary><c>"budget": { "parameterBytes": 10000, "multiplyAdds": 5000 }</c>: what the network may cost.</summary>
/// <remarks>What it does cost is known where it is planned for a target, which is where it is compared.</remarks>
internal static class BudgetSection
{
    /// <summary>The bounds, each optional.</summary>
    public static readonly IntegerKey
        ParameterBytes = Bound("parameterBytes"),
        InferenceBytes = Bound("inferenceBytes"),
        TrainingBytes = Bound("trainingBytes"),
        MultiplyAdds = Bound("multiplyAdds"),
        FlashBytes = Bound("flashBytes");

    /// <summary>The keys of the section.</summary>
    public static readonly ObjectForm Form = new("the budget", ParameterBytes, InferenceBytes, TrainingBytes, MultiplyAdds, FlashBytes);

    /// <summary>Checks the section.</summary>
    /// <param name="section">The value of the key <c>budget</c>, or null where there is none.</param>
    /// <param name="trains">Whether the network has a loss.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    /// <returns>The section, or null where there is none; not to be used where mistakes were reported.</returns>
    public static BudgetSpec? Check(JsonObject? section, bool trains, DiagnosticBag diagnostics)
    {
        if (section is null)
            return null;

        Form.CheckKeys(section, diagnostics);
        Setting<int> training = TrainingBytes.Read(section, diagnostics);
        if (!trains && training.Property is { } given)
            diagnostics.Add(DiagnosticTable.KeyNotAllowed, given.NameSpan, TrainingBytes.Name, $"the key '{NetworkSyntax.Loss.Name}'");
        return new BudgetSpec(
            ParameterBytes.Read(section, diagnostics).Value, InferenceBytes.Read(section, diagnostics).Value, training.Value,
            MultiplyAdds.Read(section, diagnostics).Value, FlashBytes.Read(section, diagnostics).Value);
    }

    /// <summary>The key and the section as JSON, behind a comma; bounds of 0 are left out.</summary>
    /// <param name="budget">A section that passed validation.</param>
    public static string Write(BudgetSpec budget)
    {
        (IntegerKey Key, int Value)[] bounds =
        [
            (ParameterBytes, budget.ParameterBytes), (InferenceBytes, budget.InferenceBytes), (TrainingBytes, budget.TrainingBytes),
            (MultiplyAdds, budget.MultiplyAdds), (FlashBytes, budget.FlashBytes),
        ];
        string keys = string.Join(",", bounds.Where(static bound => bound.Value > 0).Select(static bound => $"\"{bound.Key.Name}\":{JsonText.Of(bound.Value)}"));
        return $$""","{{NetworkSyntax.Budget.Name}}":{{{keys}}}""";
    }

    /// <summary>Where a text sets a bound.</summary>
    /// <param name="text">A network file without mistakes that sets it.</param>
    /// <param name="key">The bound.</param>
    public static SourceSpan SpanOf(string text, string key)
        => JsonReader.Read(text, new DiagnosticBag(text)) is JsonObject network && network.Find(NetworkSyntax.Budget.Name)?.Value is JsonObject section
            && section.Find(key) is { } bound
                ? bound.Value.Span
                : new SourceSpan(0, 0);

    private static IntegerKey Bound(string name) => new(name, 0, int.MaxValue, defaultValue: 0);
}
