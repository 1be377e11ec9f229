using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes the calls of fixed factors, which stand in the code as data.</summary>
internal sealed class ScaleEmitter(SourceWriter writer, ScalePlan plan, VectorWidth width, int block) : LayerEmitter
{
    /// <summary>What the library's kernel asks of a list of factors.</summary>
    private const int FactorsAlignment = 16;

    private readonly string _lanes = width.LaneType(block);

    public override void EmitSingle(IReadOnlyList<string> inputs, string scratch, string output) => EmitApply(FormattableString.Invariant($"Lanes{width.Bits}"), inputs[0], output, 1);

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => EmitApply(_lanes, inputs[0], output, block);

    public override void EmitBackward(Func<View, string> reference)
    {
        string result = reference(plan.Result);
        EmitApply(_lanes, reference(plan.Views.Incoming), result, block);
        if (plan.Views.InputGradient is { Adds: true, Gradient: { } sum })
            writer.Write($"Blocks.Add<{_lanes}>(ref {reference(sum)}, ref {result}, {plan.Spec.Input.Length * block});");
    }

    public override void EmitUpdate(Func<View, string> reference)
        => throw new NotSupportedException($"{plan.Name} has nothing to update.");

    public override void EmitMethods(bool trains)
    {
    }

    private void EmitApply(string lanes, string from, string to, int samples)
    {
        string factors = plan.HasOneFactor
            ? FormattableString.Invariant($"{Literal.Of(plan.Scale.Factors[0])}, {plan.Spec.Input.Length * samples}")
            : FormattableString.Invariant($"[{string.Join(", ", plan.PaddedFactors(FactorsAlignment).Select(Literal.Of))}], {plan.Spec.Input.Positions}, {plan.Spec.Input.Channels}, {samples}");
        writer.Write($"Scale.Apply<{lanes}>(ref {from}, ref {to}, {factors});");
    }
}
