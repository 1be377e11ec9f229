using NativeNet.Description;
using NativeNet.Generators.Planning;

namespace NativeNet.Generators.Emit.Dense;

/// <summary>
/// Writes the way of a gradient through a layer's activation, in square blocks between its two forms: samples along the
/// rows, which losses and input gradients write and read, and units along the rows, which weight gradients read.
/// </summary>
internal sealed class DenseActivationBackwardEmitter(SourceWriter writer, DensePlan plan, Tile block, int batchLanes)
{
    private readonly bool _activates = plan.Spec.Activation.Kind != ActivationKind.None;

    public void Emit()
    {
        int columns = plan.Parameters.Weights.PaddedColumns, padding = columns - plan.Spec.Units;

        writer.Blank();
        writer.Write($"// {plan.Name} activation backward: ∂z = ∂y · f'(z), from (units, count) to (count, units){(_activates && !plan.IsFirst ? ", and in place" : "")}.");
        using (writer.BeginBlock($"internal static void {plan.Name}ActivationBackward(ref float transposed, ref float y, ref float gradient, nuint count)"))
        {
            if (padding > 0)
                writer.Write($"Rows.Clear(ref Unsafe.Add(ref transposed, {plan.Spec.Units * batchLanes}), {padding}, {batchLanes}, (count + {block.Lanes - 1}) / {block.Lanes} * {block.Lanes}); // padded units");

            using (writer.BeginBlock($"for (nuint b = 0; b < count; b += {block.Lanes})"))
            using (writer.BeginBlock($"for (nuint n = 0; n < {columns}; n += {block.Lanes})"))
                EmitBlock();
        }
    }

    private void EmitBlock()
    {
        string transpose = $"Transpose.Block({string.Join(", ", Indices().Select(static i => FormattableString.Invariant($"ref d{i}")))});";

        writer.Write($"ref float t = ref Unsafe.Add(ref transposed, (n * {batchLanes}) + b);");
        writer.Write($"ref float g = ref Unsafe.Add(ref gradient, (b * {plan.OutputStride}) + n);");
        foreach (int i in Indices())
            writer.Write($"{block.LaneType} d{i} = {block.LaneType}.Load(ref t, {i * batchLanes});");
        writer.Write(transpose);

        if (_activates)
        {
            writer.Write($"ref float yb = ref Unsafe.Add(ref y, (b * {plan.OutputStride}) + n);");
            foreach (int i in Indices())
            {
                string y = FormattableString.Invariant($"{block.LaneType}.Load(ref yb, {i * plan.OutputStride})");
                writer.Write($"d{i} = {ActivationCode.Backward(plan.Spec.Activation, block.LaneType, y, FormattableString.Invariant($"d{i}"))};");
            }
        }

        foreach (int i in Indices())
            writer.Write($"d{i}.Store(ref g, {i * plan.OutputStride});");

        if (!_activates || plan.IsFirst)
            return;

        writer.Write(transpose);
        foreach (int i in Indices())
            writer.Write($"d{i}.Store(ref t, {i * batchLanes});");
    }

    private IEnumerable<int> Indices() => Enumerable.Range(0, block.Lanes);
}
