using NativeNet.Compiler.Emit.CSharp;
using NativeNet.Description;

namespace NativeNet.Compiler.Planning.Budgets;

/// <summary>What a program costs, for people: a line a layer, then a line a bound.</summary>
internal static class BudgetText
{
    /// <summary>The tables, lines separated by \n.</summary>
    /// <param name="program">The program.</param>
    public static string Of(Program program)
    {
        NetworkSpec spec = program.Spec;
        long work = Math.Max(1, spec.Layers.Sum(static layer => layer.MultiplyAdds));
        IEnumerable<string[]> layers = spec.Layers.Select(layer => (string[])
        [
            FormattableString.Invariant($"{layer.Index} {layer.Type}"), Literal.Grouped(ProgramCost.ParameterBytes(layer)),
            Literal.Grouped(ProgramCost.OutputBytes(layer)), Literal.Grouped(layer.MultiplyAdds),
            FormattableString.Invariant($"{100.0 * layer.MultiplyAdds / work:F1} %"),
        ]);
        IEnumerable<string[]> bounds = ProgramCost.Lines(program).Select(static line => (string[])
        [
            line.Key, Literal.Grouped(line.Needed), line.Allowed > 0 ? Literal.Grouped(line.Allowed) : "",
            line.Allowed > 0 ? FormattableString.Invariant($"{100.0 * line.Needed / line.Allowed:F1} %") : "", line.IsExceeded ? "exceeded" : "",
        ]);
        return string.Join("\n",
        [
            .. PlanText.Table(["cost", "parameter bytes", "output bytes", "multiply-adds", "share"], layers), "",
            .. PlanText.Table(["budget", "needed", "allowed", "", ""], bounds),
        ]);
    }
}
