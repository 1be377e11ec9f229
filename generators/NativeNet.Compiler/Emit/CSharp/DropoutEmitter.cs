using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes a dropout layer: a copy in prediction, in training the same operation in both directions.</summary>
internal sealed class DropoutEmitter(SourceWriter writer, DropoutPlan plan, VectorWidth width, int block) : LayerEmitter
{
    private readonly string _shape = FormattableString.Invariant($"new DropoutShape({plan.Dropout.Input.Length}, {plan.Dropout.Index}, {Literal.Of(plan.Dropout.Rate)})");
    private readonly string _lanes = width.LaneType(block);

    public override void EmitSingle(IReadOnlyList<string> inputs, string scratch, string output)
        => writer.Write($"Blocks.Copy(ref {inputs[0]}, ref {output}, {plan.Dropout.Input.Length});");

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => writer.Write($"Blocks.Copy(ref {inputs[0]}, ref {output}, {plan.Dropout.Input.Length * block});");

    public override void EmitTrainingForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => EmitApply(inputs[0], output);

    public override void EmitBackward(Func<View, string> reference)
    {
        string result = reference(plan.Result);
        EmitApply(reference(plan.Views.Incoming), result);
        if (plan.Views.InputGradient is { Adds: true, Gradient: { } target })
            writer.Write($"Blocks.Add<{_lanes}>(ref {reference(target)}, ref {result}, {target.Stride * block});");
    }

    public override void EmitUpdate(Func<View, string> reference)
        => throw new NotSupportedException($"{plan.Name} has nothing to update.");

    public override void EmitMethods(bool trains)
    {
    }

    private void EmitApply(string from, string to)
        => writer.Write($"Dropout.Apply<{_lanes}>(ref {from}, ref {to}, {_shape}, {block}, pass.Draw, block);");
}
