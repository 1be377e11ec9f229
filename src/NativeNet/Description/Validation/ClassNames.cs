using System.Globalization;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Validation;

/// <summary>Checks that the names of the classes are one a score, each its own.</summary>
internal static class ClassNames
{
    /// <summary>Reports names that do not fit.</summary>
    /// <param name="classes">The key, its value read.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="output">The shape of the scores; null where a mistake hides it.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    public static void Check(Setting<EquatableArray<string>> classes, Setting<LossForm> loss, Shape? output, DiagnosticBag diagnostics)
    {
        if (classes.Property is not { } property)
            return;

        if (loss.Property is not null && loss.IsValid && loss.Value.Kind != LossKind.SoftmaxCrossEntropy)
        {
            diagnostics.Add(
                DiagnosticTable.KeyNotAllowed, property.NameSpan, NetworkSyntax.Classes.Name,
                $"the {NetworkSyntax.Loss.Name} '{Vocabulary.WordFor(LossKind.SoftmaxCrossEntropy)}'");
            return;
        }

        if (output is { } scores && scores.Channels != classes.Value.Count)
            Add($"has {classes.Value.Count} names, but the network has {scores.Channels} scores; name each");
        if (classes.Value.FirstOrDefault(static name => string.IsNullOrWhiteSpace(name) || name != name.Trim() || name.Any(char.IsControl)) is { } unfit)
            Add($"has the name '{Excerpt.Of(unfit)}', which is empty or has blanks around it or control characters in it");
        if (classes.Value.GroupBy(static name => name).FirstOrDefault(static group => group.Count() > 1) is { } twice)
            Add($"has the name '{Excerpt.Of(twice.Key)}' twice; give each class its own");

        void Add(FormattableString problem)
            => diagnostics.Add(DiagnosticTable.WrongClasses, property.Value.Span, problem.ToString(CultureInfo.InvariantCulture));
    }
}
