using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp.Dense;

/// <summary>
/// Writes the way of a gradient through a layer's activation, in square blocks between its two forms: samples along the
/// rows, which losses and input gradients write and read, and units along the rows, which weight gradients read.
/// </summary>
internal sealed class DenseActivationBackwardEmitter(SourceWriter writer, DensePlan plan, Tile square, int block)
{
    private readonly bool _activates = plan.TakesActivationBack;

    /// <summary>The network's input has no gradient, so nobody needs this one in blocks again.</summary>
    private readonly bool _isFirst = plan.Views.InputGradient.Gradient is null;

    /// <summary>What the derivative is a function of: the sums or the outputs.</summary>
    private readonly string _kept = plan.Views.Sums is null ? "y" : "z";

    public void Emit()
    {
        int columns = plan.Weights.Matrix.PaddedColumns, padding = columns - plan.Dense.Units;

        writer.Blank();
        string gradient = _activates ? "∂z = ∂y · f'(z)" : "∂z = ∂y", kept = _activates ? $"ref float {_kept}, " : "";
        writer.Write($"// {plan.Name} activation backward: {gradient}, from (units, count) to (count, units){(_activates && !_isFirst ? ", and in place" : "")}.");
        using (writer.BeginBlock($"internal static void {plan.Name}ActivationBackward(ref float transposed, {kept}ref float gradient, nuint count)"))
        {
            if (padding > 0)
                writer.Write($"Rows.Clear(ref Unsafe.Add(ref transposed, {plan.Dense.Units * block}), {padding}, {block}, (count + {square.Lanes - 1}) / {square.Lanes} * {square.Lanes}); // padded units");

            using (writer.BeginBlock($"for (nuint b = 0; b < count; b += {square.Lanes})"))
            using (writer.BeginBlock($"for (nuint n = 0; n < {columns}; n += {square.Lanes})"))
                EmitBlock();
        }
    }

    private void EmitBlock()
    {
        string transpose = $"Transpose.Block({string.Join(", ", Indices().Select(static i => FormattableString.Invariant($"ref d{i}")))});";

        writer.Write($"ref float t = ref Unsafe.Add(ref transposed, (n * {block}) + b);");
        writer.Write($"ref float g = ref Unsafe.Add(ref gradient, (b * {plan.OutputStride}) + n);");
        foreach (int i in Indices())
            writer.Write($"{square.LaneType} d{i} = {square.LaneType}.Load(ref t, {i * block});");
        writer.Write(transpose);

        if (_activates && !InliningBudget.IsLongBackward(plan.Dense.Activation))
        {
            writer.Write($"ref float {_kept}b = ref Unsafe.Add(ref {_kept}, (b * {plan.OutputStride}) + n);");
            foreach (int i in Indices())
            {
                string kept = FormattableString.Invariant($"{square.LaneType}.Load(ref {_kept}b, {i * plan.OutputStride})");
                writer.Write($"d{i} = {ActivationCode.Backward(plan.Dense.Activation, square.LaneType, kept, FormattableString.Invariant($"d{i}"))};");
            }
        }

        foreach (int i in Indices())
            writer.Write($"d{i}.Store(ref g, {i * plan.OutputStride});");

        if (InliningBudget.IsLongBackward(plan.Dense.Activation))
            EmitLongBackward();
        if (!_activates || _isFirst)
            return;

        writer.Write(transpose);
        foreach (int i in Indices())
            writer.Write($"d{i}.Store(ref t, {i * block});");
    }

    /// <summary>A long derivative has one loop of its own over the rows of the block.</summary>
    private void EmitLongBackward()
    {
        writer.Blank();
        writer.Write($"ref float {_kept}b = ref Unsafe.Add(ref {_kept}, (b * {plan.OutputStride}) + n);");
        using (writer.BeginBlock($"for (nuint i = 0; i < {square.Lanes * plan.OutputStride}; i += {plan.OutputStride})"))
        {
            string gradient = ActivationCode.Backward(
                plan.Dense.Activation, square.LaneType, $"{square.LaneType}.Load(ref {_kept}b, i)", $"{square.LaneType}.Load(ref g, i)");
            writer.Write($"{gradient}.Store(ref g, i);");
        }

        if (_isFirst)
            return;

        writer.Blank();
        foreach (int i in Indices())
            writer.Write($"d{i} = {square.LaneType}.Load(ref g, {i * plan.OutputStride});");
    }

    private IEnumerable<int> Indices() => Enumerable.Range(0, square.Lanes);
}
