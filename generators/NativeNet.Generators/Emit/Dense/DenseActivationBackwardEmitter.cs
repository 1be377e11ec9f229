using NativeNet.Description;
using NativeNet.Generators.Planning;

namespace NativeNet.Generators.Emit.Dense;

/// <summary>
/// Writes the way of a gradient through a layer's activation, in blocks of 4 × 4 between its two forms: samples along
/// the rows, which input gradients read, and units along the rows, which weight gradients read.
/// </summary>
internal sealed class DenseActivationBackwardEmitter(SourceWriter writer, DensePlan plan, int batchLanes, bool isLast)
{
    private const int Block = 4;

    /// <summary>A single layer without activation takes the loss's gradient as it is.</summary>
    public static bool IsNeeded(DensePlan plan, bool isLast)
        => !(isLast && plan.IsFirst && plan.Spec.Activation.Kind == ActivationKind.None);

    public void Emit()
    {
        int padding = plan.Parameters.Weights.PaddedColumns - plan.Spec.Units;

        writer.Blank();
        writer.Write(isLast
            ? (Code)$"// {plan.Name} activation backward: the loss's gradient, (count, units), through the activation; then transposed for the input gradient."
            : (Code)$"// {plan.Name} activation backward: the input gradient of the layer above, (units, count), through the activation, in both forms.");
        using (writer.BeginBlock($"internal static void {plan.Name}ActivationBackward(ref float transposed, ref float y, ref float gradient, nuint count)"))
        {
            if (!isLast && padding > 0)
                writer.Write($"MemoryMarshal.CreateSpan(ref Unsafe.Add(ref transposed, {plan.Spec.Units * batchLanes}), {padding * batchLanes}).Clear();");

            using (writer.BeginBlock($"for (nuint b = 0; b < count; b += {Block})"))
            using (writer.BeginBlock($"for (nuint n = 0; n < {plan.Parameters.Weights.PaddedColumns}; n += {Block})"))
                EmitBlock();
        }
    }

    private void EmitBlock()
    {
        bool activates = plan.Spec.Activation.Kind != ActivationKind.None;
        if (!isLast || !plan.IsFirst)
            writer.Write($"ref float t = ref Unsafe.Add(ref transposed, (n * {batchLanes}) + b);");
        if (activates)
            writer.Write($"ref float yb = ref Unsafe.Add(ref y, (b * {plan.OutputStride}) + n);");
        writer.Write($"ref float g = ref Unsafe.Add(ref gradient, (b * {plan.OutputStride}) + n);");

        for (int i = 0; i < Block; i++)
            writer.Write(isLast ? (Code)$"Lanes128 d{i} = Lanes128.Load(ref g, {i * plan.OutputStride});" : (Code)$"Lanes128 d{i} = Lanes128.Load(ref t, {i * batchLanes});");
        if (!isLast)
            writer.Write($"Transpose.Block(ref d0, ref d1, ref d2, ref d3);");

        for (int i = 0; i < Block; i++)
        {
            string y = FormattableString.Invariant($"Lanes128.Load(ref yb, {i * plan.OutputStride})");
            if (activates)
                writer.Write($"d{i} = {ActivationCode.Backward(plan.Spec.Activation, "Lanes128", y, FormattableString.Invariant($"d{i}"))};");
        }

        if (!isLast || activates)
        {
            for (int i = 0; i < Block; i++)
                writer.Write($"d{i}.Store(ref g, {i * plan.OutputStride});");
        }

        if (plan.IsFirst)
            return;

        writer.Write($"Transpose.Block(ref d0, ref d1, ref d2, ref d3);");
        for (int i = 0; i < Block; i++)
            writer.Write($"d{i}.Store(ref t, {i * batchLanes});");
    }
}
