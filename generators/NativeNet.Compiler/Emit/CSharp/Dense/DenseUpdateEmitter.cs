using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Dense;

/// <summary>Writes the weight and bias gradients, each handed to the update rule as soon as it is summed.</summary>
internal sealed class DenseUpdateEmitter(SourceWriter writer, DensePlan plan, DenseKernels kernels)
{
    public void Emit()
    {
        DenseGradientEmitter[] parts = [.. kernels.WeightGradient.Select(Create)];

        writer.Blank();
        writer.Write($"// {plan.Name} update: ∂w[k, n] = Σᵦ x[b, k] · ∂y[b, n]{(plan.Bias is null ? "" : " and ∂bias[n] = Σᵦ ∂y[b, n]")}, each applied as soon as it is summed.");
        writer.Write($"// x: (count, {plan.Dense.Inputs}), rows {plan.InputStride} apart; ∂y: (count, {plan.Dense.Units}), rows {plan.OutputStride} apart.");
        writer.Write($"internal static void {plan.Name}Update<TRule>(ref float x, ref float gradient, ref float parameters, ref float state, in TRule rule, ref float tile, WorkRange inputs, nuint count)");
        using (writer.BeginBlock(DenseGradientEmitter.Constraint))
        {
            foreach (DenseGradientEmitter part in parts)
                EmitWalk(part);
        }

        foreach (DenseGradientEmitter part in parts)
            part.EmitMethods();
    }

    private DenseGradientEmitter Create(GradientTile part) => part.IsOverInputs
        ? new DenseGradientOverInputsEmitter(writer, plan, part)
        : new DenseGradientOverUnitsEmitter(writer, plan, part);

    private void EmitWalk(DenseGradientEmitter emitter)
    {
        GradientTile part = emitter.Part;
        int inputs = plan.Dense.Inputs, whole = inputs - part.LastInputs;
        using (DenseNames.BeginColumns(writer, part.Region, part.Columns))
        {
            writer.Write("ref float dy = ref Unsafe.Add(ref gradient, n);");
            writer.Write($"nuint w = {DenseNames.WeightIndex(plan, part.Region, part.Columns)};");
            emitter.EmitBegin();
            if (whole > 0)
            {
                string end = whole == inputs ? "inputs.End" : "end";
                if (whole < inputs)
                    writer.Write($"nuint end = nuint.Min(inputs.End, {whole});");
                using (writer.BeginBlock($"for (nuint k = inputs.Start; k < {end}; k += {part.Inputs})"))
                    emitter.EmitCalls(isLast: false);
            }

            if (part.LastInputs == 0 && plan.Bias is null)
                return;

            writer.Blank();
            using (writer.BeginBlock($"if (inputs.HasLast({inputs}))"))
                emitter.EmitCalls(isLast: true);
        }
    }
}
