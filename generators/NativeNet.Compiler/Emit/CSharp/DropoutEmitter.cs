using NativeNet.Description;
using NativeNet.Compiler.Planning;

namespace NativeNet.Compiler.Emit.CSharp;

/// <summary>Writes a dropout layer: a copy in prediction, in training the same operation in both directions.</summary>
internal sealed class DropoutEmitter(SourceWriter writer, LibraryPlan plan, DropoutSpec dropout, VectorWidth width, int block) : LayerEmitter
{
    private readonly string _shape = FormattableString.Invariant($"new DropoutShape({dropout.Input.Length}, {dropout.Index}, {Literal.Of(dropout.Rate)})");
    private readonly string _lanes = width.LaneType(block);

    public override void EmitSingle(IReadOnlyList<string> inputs, string output)
        => writer.Write($"Blocks.Copy(ref {inputs[0]}, ref {output}, {dropout.Input.Length});");

    public override void EmitForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => writer.Write($"Blocks.Copy(ref {inputs[0]}, ref {output}, {dropout.Input.Length * block});");

    public override void EmitTrainingForward(IReadOnlyList<string> inputs, string sums, string output, string parameters, string count)
        => EmitApply(inputs[0], output);

    public override void EmitBackward(Func<Value, string> reference)
    {
        if (plan.Wires.InputGradient.Gradient is not { } target)
            return;

        string result = reference(plan.Wires.InputGradient.Adds ? plan.Share! : target);
        EmitApply(reference(plan.Wires.Incoming), result);
        if (plan.Wires.InputGradient.Adds)
            writer.Write($"Blocks.Add<{_lanes}>(ref {reference(target)}, ref {result}, {target.Stride * block});");
    }

    public override void EmitUpdate(Func<Value, string> reference)
        => throw new NotSupportedException($"{plan.Name} has nothing to update.");

    public override void EmitMethods()
    {
    }

    private void EmitApply(string from, string to)
        => writer.Write($"Dropout.Apply<{_lanes}>(ref {from}, ref {to}, {_shape}, {block}, pass.Draw, block);");
}
