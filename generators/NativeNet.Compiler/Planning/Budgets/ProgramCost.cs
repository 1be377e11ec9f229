using NativeNet.Compiler.Emit.CSharp;
using NativeNet.Description;
using NativeNet.Description.Validation;

namespace NativeNet.Compiler.Planning.Budgets;

/// <summary>What a program costs, beside what its file allows.</summary>
internal static class ProgramCost
{
    /// <summary>The layers that a message names.</summary>
    private const int Named = 3;

    /// <summary>Every bound that a file can set.</summary>
    /// <param name="program">The program, whose target decides the layout.</param>
    public static IReadOnlyList<BudgetLine> Lines(Program program)
    {
        NetworkSpec spec = program.Spec;
        BudgetSpec budget = spec.Budget ?? new BudgetSpec(0, 0, 0, 0, 0);
        string parameters = Heaviest(spec, ParameterBytes), outputs = Heaviest(spec, OutputBytes);
        List<BudgetLine> lines =
        [
            new(BudgetSection.ParameterBytes.Name, budget.ParameterBytes, Bytes(spec.ParameterCount), parameters),
            new(BudgetSection.InferenceBytes.Name, budget.InferenceBytes, Bytes(program.Predict.Workspace.Length), outputs),
        ];
        if (program.Trains)
        {
            // Without vectors, frozen parameters are read where they are.
            int parametersInMemory = program.Target.IsVectorized ? program.Parameters.Length : program.Parameters.LearnedLength;
            long floats = parametersInMemory + StateLength(program) + program.TrainStep.Workspace.Length;
            lines.Add(new(BudgetSection.TrainingBytes.Name, budget.TrainingBytes, Bytes(floats), Heaviest(spec, static layer => ParameterBytes(layer) + OutputBytes(layer))));
        }

        lines.Add(new(BudgetSection.MultiplyAdds.Name, budget.MultiplyAdds, spec.Layers.Sum(static layer => layer.MultiplyAdds), Heaviest(spec, static layer => layer.MultiplyAdds)));
        lines.Add(new(BudgetSection.FlashBytes.Name, budget.FlashBytes, Bytes(program.Parameters.Length), parameters));
        return lines;
    }

    /// <summary>The bytes of a layer's parameters, without padding.</summary>
    public static long ParameterBytes(LayerSpec layer) => Bytes(layer.ParameterCount);

    /// <summary>The bytes of what a layer puts out for one sample, without padding; none of a view.</summary>
    public static long OutputBytes(LayerSpec layer) => layer.IsView ? 0 : Bytes(layer.Output.Length);

    /// <summary>A bound that is exceeded, in words.</summary>
    public static string Describe(BudgetLine line)
        => FormattableString.Invariant($"the budget allows {line.Allowed} {line.Key}, but the network needs {line.Needed}")
            + (line.Heaviest.Length > 0 ? $"; most of it: {line.Heaviest}" : "");

    /// <summary>The floats of state of the rule that the file names; none where it names no rule.</summary>
    private static long StateLength(Program program) => program.Spec.Training?.Rule.Kind switch
    {
        UpdateRuleKind.Momentum or UpdateRuleKind.Nesterov => program.Parameters.TrainedLength,
        UpdateRuleKind.Adam or UpdateRuleKind.AdamW => 2L * program.Parameters.TrainedLength,
        _ => 0,
    };

    private static long Bytes(long floats) => floats * sizeof(float);

    private static string Heaviest(NetworkSpec spec, Func<LayerSpec, long> cost)
        => string.Join(", ", spec.Layers.Where(layer => cost(layer) > 0).OrderByDescending(cost).ThenBy(static layer => layer.Index).Take(Named)
            .Select(layer => FormattableString.Invariant($"layer {layer.Index} ({layer.Type}) {Literal.Grouped(cost(layer))}")));
}
